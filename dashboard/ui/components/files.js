// @ts-check
// Files that were chosen while the connection was cut. On a phone the page sleeps while the picker is open: the
// connection drops, and the uploader that would have taken the files refuses them, or is no longer there.

const PATIENCE = 30000; // milliseconds in which an uploader must be there again

/** @typedef {{again: string, lost: string}} Texts */

const app = () => /** @type {HTMLElement} */ (document.querySelector("[data-testid=stApp]")).dataset;
const connected = () => app().testConnectionState === "CONNECTED";

/** The uploader's field that stands in the place of one that is gone; null while there is none that takes files.
 * @param {HTMLInputElement} before
 */
const fieldLike = (before) => {
  const fields = [...document.querySelectorAll("[data-testid=stFileUploader] input[type=file]")];
  const found = /** @type {HTMLInputElement[]} */ (fields).find((field) => field.accept === before.accept);
  const ready = connected() && app().testScriptState === "notRunning";
  return ready && found && !found.disabled ? found : null;
};

/** Gives files to an uploader as if they were chosen in it.
 * @type {(field: HTMLInputElement, files: File[]) => void}
 */
const give = (field, files) => {
  const carried = new DataTransfer();
  for (const file of field.multiple ? files : files.slice(0, 1)) carried.items.add(file);
  field.files = carried.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
};

/** Watches all uploaders of the visit.
 * @type {(texts: () => Texts, say: (sentence: string) => void) => void}
 */
export const keepChosenFiles = (texts, say) => {
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.type !== "file") return;
    const field = target;
    const chosen = () => {
      const files = [...field.files ?? []];
      if (!files.length || (field.isConnected && connected())) return;
      const deadline = Date.now() + PATIENCE;
      const offer = () => {
        const there = fieldLike(field);
        if (there) {
          give(there, files);
          say(texts().again);
        } else if (Date.now() < deadline) setTimeout(offer, 200);
        else say(texts().lost);
      };
      offer();
    };
    field.addEventListener("change", chosen, { once: true });
    field.addEventListener("cancel", () => field.removeEventListener("change", chosen), { once: true });
  }, true);
};
