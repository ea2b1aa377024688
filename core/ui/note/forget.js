// @ts-check
const PREFIX = "note:";

/**
 * Remove copies of notes from this tab, but those whose name begins with `kept`.
 * @param {string | null} kept
 */
function forget(kept) {
  try {
    for (const name of Object.keys(sessionStorage)) {
      const isNote = name.startsWith(PREFIX);
      if (isNote && !(kept && name.startsWith(kept))) sessionStorage.removeItem(name);
    }
  } catch {
    // Storage is switched off: there is nothing to forget.
  }
}
