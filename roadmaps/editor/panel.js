// @ts-check
/** The page's panel beside or below the chart: whether a person has closed it, and where it is. */

const PANEL = ".st-key-plan_side";
const CHART = ".st-key-plan_chart";
const LOOKED = 100; // [ms] between looks for it
const GIVEN_UP = 3000; // [ms]

/** Closed by hand, it stays so while the page is open, whatever else of the page is looked at. */
let isPanelClosed = false;

class Panel {
  get isClosed() {
    return isPanelClosed;
  }

  set isClosed(is) {
    isPanelClosed = is;
  }

  /** On a narrow screen it stands below. */
  get isBeside() {
    const [chart, panel] = [CHART, PANEL].map((name) => document.querySelector(name)?.getBoundingClientRect());
    return chart !== undefined && panel !== undefined && panel.left >= chart.right;
  }

  /** Another task is read from its beginning, whoever has chosen it: a click, a key, the panel. */
  begin() {
    document.querySelector(PANEL)?.parentElement?.scrollTo({ top: 0 });
  }

  /** It comes with a run of the page's script: wait for it, and scroll to it if it is out of sight. */
  reveal() {
    const until = performance.now() + GIVEN_UP;
    const look = () => {
      const panel = document.querySelector(PANEL);
      if (panel) show(panel);
      else if (performance.now() < until) setTimeout(look, LOOKED);
    };
    setTimeout(look, LOOKED);
  }
}

/** @param {Element} panel */
function show(panel) {
  const { top, bottom } = panel.getBoundingClientRect();
  if (top < 0 || bottom < 120 || top > window.innerHeight - 120) {
    panel.scrollIntoView({ block: "start", behavior: calmly() });
  }
}
