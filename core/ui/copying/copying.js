// @ts-check
/**
 * Copies an address at a press and says whether that was done.
 *
 * @typedef {object} Data
 * @property {string} text - what is copied
 * @property {boolean} isNew - to be brought into sight when it is first shown
 * @property {string} copy
 * @property {string} copied
 * @property {string} refused
 */

/** @type {WeakMap<ShadowRoot, string>} */
const shown = new WeakMap();

/** @param {{data: Data, parentElement: ShadowRoot}} component */
export default function ({ data, parentElement: root }) {
  if (shown.get(root) === data.text) return;
  shown.set(root, data.text);
  const all = /** @type {HTMLElement} */ (root.querySelector(".copying"));
  const button = /** @type {HTMLButtonElement} */ (root.querySelector("button"));
  const said = /** @type {HTMLElement} */ (root.querySelector("[data-part=said]"));
  const label = /** @type {HTMLElement} */ (root.querySelector("[data-part=label]"));
  label.textContent = data.copy;
  said.textContent = "";
  all.classList.remove("done");
  all.hidden = false;
  const place = root.host.closest("[class*=st-key-copied_]");
  button.onclick = async () => {
    const isDone = await copy(data.text, root);
    all.classList.toggle("done", isDone);
    said.textContent = ""; // said again, it is read out again
    setTimeout(() => (said.textContent = isDone ? data.copied : data.refused), 50);
    if (!isDone) select(place?.querySelector("code"));
  };
  if (data.isNew) place?.scrollIntoView({ block: "center" });
}

/**
 * @param {string} text
 * @param {ShadowRoot} root
 */
async function copy(text, root) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyAsOfOld(text, root); // pages without https have no clipboard
  }
}

/**
 * @param {string} text
 * @param {ShadowRoot} root
 */
function copyAsOfOld(text, root) {
  const field = document.createElement("textarea");
  field.value = text;
  field.style.position = "fixed";
  field.style.opacity = "0";
  root.append(field);
  field.select();
  const isDone = document.execCommand("copy");
  field.remove();
  root.querySelector("button")?.focus();
  return isDone;
}

/** @param {Element | null | undefined} element */
function select(element) {
  if (element) getSelection()?.selectAllChildren(element);
}
