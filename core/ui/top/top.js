/**
 * Scrolls the page up when the step differs from the one shown last.
 *
 * @param {object} component
 * @param {{step: string}} component.data
 */
export default function ({ data }) {
  const shown = globalThis.caseworkStep;
  globalThis.caseworkStep = data.step;
  if (shown !== undefined && shown !== data.step) {
    document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0 });
  }
}
