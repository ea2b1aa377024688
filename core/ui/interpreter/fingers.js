/**
 * Lets a finger that begins on a chart scroll the page. Where a press chooses, Streamlit takes a
 * chart's `dragmode: false` for "not said" and makes it "pan", and plotly then keeps every touch
 * to itself: from a chart as tall as the screen there was no way up or down. Without the touch, a
 * tap still comes to it as the press of a mouse that the browser makes of each tap. What is told
 * of a bar goes when the page is scrolled, for it would stay where the bar is no more.
 */
const PLOT = "[data-testid=stPlotlyChart] .js-plotly-plot";

function freeFingers() {
  const always = { capture: true, passive: true };
  document.addEventListener(
    "touchstart",
    (touch) => {
      if (touch.target.closest?.(PLOT)) touch.stopPropagation();
    },
    always,
  );
  document.addEventListener("scroll", hush, always);
  return true;
}

function hush() {
  for (const told of document.querySelectorAll(`${PLOT} .hoverlayer > .hovertext`)) {
    const ground = told.closest(PLOT).querySelectorAll(".nsewdrag");
    ground.forEach((part) => part.dispatchEvent(new MouseEvent("mouseout")));
  }
}
