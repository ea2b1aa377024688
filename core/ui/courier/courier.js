/**
 * Posts the given form to a route of this server and reports the status.
 *
 * @param {object} component
 * @param {{path: string, body: string}} component.data
 * @param {(name: string, value: number) => void} component.setStateValue
 */
const carried = (globalThis.caseworkCarried ??= new Set());

export default function ({ data, setStateValue }) {
  const name = `${data.path} ${data.body}`;
  if (typeof data.body !== "string" || carried.has(name)) {
    return;
  }
  carried.add(name);
  fetch(data.path, {
    method: "POST",
    credentials: "same-origin",
    body: new URLSearchParams(data.body),
  })
    .then((response) => setStateValue("done", response.status))
    .catch(() => {
      carried.delete(name);
      setStateValue("done", 0);
    });
}
