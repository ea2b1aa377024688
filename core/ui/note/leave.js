// @ts-check
/**
 * Remove the copies of notes from this browser tab, but those of one person.
 * @param {{ data: { person: number | null } }} component
 */
export default function render({ data }) {
  forget(data.person === null ? null : `${PREFIX}${data.person}:`);
}
