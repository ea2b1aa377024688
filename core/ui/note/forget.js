// @ts-check
/**
 * Remove the copies of notes from this browser tab, but those of one person.
 * @param {{ data: { person: number | null } }} component
 */
export default function render({ data }) {
  const kept = data.person === null ? null : `note:${data.person}:`;
  try {
    for (const name of Object.keys(sessionStorage)) {
      const isNote = name.startsWith("note:");
      if (isNote && !(kept && name.startsWith(kept))) sessionStorage.removeItem(name);
    }
  } catch {
    // Storage is switched off: there is nothing to forget.
  }
}
