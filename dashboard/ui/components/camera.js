// @ts-check
// A camera that gives small square pictures: one for a tap, several while the button is held, or one after
// the other as fast as the server answers. Nothing is recorded: frames go to the server and are forgotten.

import { finder, html, mount, penOf } from "./kit.js";
import { reasonOf } from "./permission.js";

/** @typedef {{text: Record<string, string>, live: boolean, echo: unknown, most: number}} Payload */

const SENT = 256; // pixels a side
const PAUSE = 220; // milliseconds between two frames while the button is held
const CALM = 350; // least time between two frames that are sent as they come
const LATE = 8000; // an answer that never came is waited for no longer

function cameraView(/** @type {ShadowRoot} */ root) {
  finder(root)(".component").innerHTML = `
    <div class="camera">
      <video muted playsinline></video>
      <p role="status"></p>
      <div class="tools"><button class="shoot" type="button"></button><button class="turn hidden" type="button"></button></div>
    </div>`;
  const $ = finder(root);
  const video = $("video");
  const button = $(".shoot", HTMLButtonElement);
  const canvas = html("canvas", { width: SENT, height: SENT });
  let data = /** @type {Payload} */ ({ text: {} });
  let send = /** @type {import("./kit.js").Send} */ (() => {});
  let stream = /** @type {MediaStream | null} */ (null);
  let facing = "user";
  let frames = /** @type {string[]} */ ([]);
  let held = 0;
  let sentAt = 0;
  let answered = /** @type {unknown} */ (null);

  let said = ""; // which sentence stands under the picture; the texts may come after it
  const say = (/** @type {string} */ key) => {
    said = key;
    $("[role=status]").textContent = data.text[key] ?? "";
    button.disabled = key !== "" && key !== "filming";
  };
  const stop = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
  };
  async function start() {
    stop();
    say("starting");
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: facing, width: { ideal: 640 } },
      });
      video.srcObject = stream;
      await video.play();
      const devices = await navigator.mediaDevices.enumerateDevices();
      $(".turn").classList.toggle(
        "hidden",
        devices.filter((device) => device.kind === "videoinput").length < 2,
      );
      // What faces the visitor is shown as a mirror, and sent as it is.
      video.classList.toggle("mirror", facing === "user");
      say("");
    } catch (error) {
      say(reasonOf(error));
    }
  }
  function frame() {
    const side = Math.min(video.videoWidth, video.videoHeight);
    if (!stream || !side) return null;
    const [x, y] = [(video.videoWidth - side) / 2, (video.videoHeight - side) / 2];
    penOf(canvas).drawImage(video, x, y, side, side, 0, 0, SENT, SENT);
    return canvas.toDataURL("image/jpeg", 0.85).split(",")[1];
  }

  function shoot() {
    const taken = frame();
    if (taken) frames.push(taken);
    button.textContent = `${data.text.hold} (${frames.length})`;
    if (frames.length >= data.most) release();
  }
  function press() {
    if (held || button.disabled) return;
    frames = [];
    held = setInterval(shoot, PAUSE);
    shoot();
  }
  function release() {
    if (!held) return;
    clearInterval(held);
    held = 0;
    button.textContent = data.text.hold;
    if (frames.length) send("frames", frames);
    frames = [];
  }
  button.onpointerdown = (event) => {
    button.setPointerCapture(event.pointerId);
    press();
  };
  button.onpointerup = button.onpointercancel = release;
  button.oncontextmenu = (event) => event.preventDefault(); // a long press on a phone
  button.onkeydown = (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    press();
  };
  button.onkeyup = button.onblur = release;
  $(".turn").onclick = () => {
    facing = facing === "user" ? "environment" : "user";
    start();
  };

  // Looks after itself: the camera goes off when the page no longer shows it.
  const clock = setInterval(() => {
    if (!root.isConnected && !root.host?.isConnected) {
      stop();
      clearInterval(held);
      clearInterval(clock);
      return;
    }
    const now = performance.now();
    const free = answered === data.echo ? now - sentAt > LATE : now - sentAt > CALM;
    if (!data.live || !stream || document.hidden || !free) return;
    const taken = frame();
    if (!taken) return;
    [answered, sentAt] = [data.echo, now];
    send("frames", [taken]);
  }, 100);
  start();

  return {
    /** @param {import("./kit.js").Send} trigger */
    update(/** @type {Payload} */ fresh, /** @type {import("./kit.js").Send} */ _state, trigger) {
      data = fresh;
      send = trigger;
      say(said);
      video.setAttribute("aria-label", data.text.video);
      $(".turn").textContent = data.text.turn;
      button.classList.toggle("hidden", data.live);
      if (!held) button.textContent = data.text.hold;
    },
  };
}

export default mount(cameraView);
