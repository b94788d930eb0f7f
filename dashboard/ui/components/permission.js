// @ts-check
// Why a browser gives no camera. Streamlit's own camera says one sentence, whatever the reason.

import { visit } from "./kit.js";

/** @typedef {"refused" | "busy" | "missing" | "insecure"} Reason */

/** @type {Record<string, Reason>} by the name of the browser's error */
const REASONS = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotReadableError: "busy",
  AbortError: "busy",
};

/** The reason of an error. Without HTTPS a browser has no camera to give; Streamlit's puts an object in its place.
 * @type {(error: unknown) => Reason}
 */
export const reasonOf = (error) =>
  isSecureContext ? REASONS[/** @type {DOMException} */ (error).name] ?? "missing" : "insecure";

/** What is known of the camera of this visit. @typedef {{reason: Reason | null, tell: () => void}} Camera */

/** Notes why a camera that anything on the page asks for was not given.
 * @param {() => void} tell called when the reason has changed
 * @returns {Camera}
 */
export const watchCamera = (tell) => {
  const watched = visit("dashboardCamera", () => {
    const camera = /** @type {Camera} */ ({ reason: null, tell });
    const know = (/** @type {Reason | null} */ reason) => {
      camera.reason = reason;
      camera.tell();
    };
    const media = navigator.mediaDevices;
    if (!isSecureContext) camera.reason = reasonOf(null);
    else {
      const ask = media.getUserMedia.bind(media);
      media.getUserMedia = async (wanted) => {
        try {
          const stream = await ask(wanted);
          know(null);
          return stream;
        } catch (error) {
          know(reasonOf(error));
          throw error;
        }
      };
    }
    return camera;
  });
  watched.tell = tell;
  return watched;
};
