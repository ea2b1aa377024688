/**
 * The shapes that the editor's other files speak of: for editors and readers, never sent.
 * Places are days across from the midnight of `origin` and rows down (roadmaps/domain/layout.py).
 *
 * @typedef {Object} Row
 * @property {number} id - of the task
 * @property {number} number - of its row in the whole plan
 * @property {string} title
 * @property {"bar" | "milestone" | "stage"} shape
 * @property {number} level - stages it lies inside of
 * @property {number} y
 * @property {number} start
 * @property {number} end
 * @property {number} doneEnd
 * @property {number} floatEnd
 * @property {string} from - ISO
 * @property {string} to - ISO; of whole days, the last one
 * @property {number} done - percent
 * @property {number} float - units of the plan
 * @property {boolean} critical
 * @property {[number, number]} [agreed] - where the baseline had it
 * @property {number} [deadline]
 * @property {{kind: string, x: number}} [bound]
 * @property {boolean} [collapsed]
 * @property {number} [parent]
 * @property {boolean} [placed] - by a person's hand
 *
 * @typedef {Object} Link
 * @property {number} from
 * @property {number} to
 * @property {Kind} kind
 * @property {number} lag - units of the plan
 * @property {boolean} critical
 * @property {boolean} driving
 * @property {[number, number][]} points
 *
 * @typedef {"fs" | "ss" | "ff" | "sf"} Kind
 * @typedef {"days" | "weeks" | "months" | "quarters" | "years"} Zoom
 * @typedef {[number, number, string]} Cell - start, end, its first day (ISO)
 *
 * @typedef {Object} Layout
 * @property {string} origin - ISO date
 * @property {number} days
 * @property {number} dayWidth
 * @property {number | null} today
 * @property {{zoom: Zoom, upper: Cell[], lower: Cell[]}} axis
 * @property {[number, number][]} shades
 * @property {Row[]} rows
 * @property {Link[]} links
 *
 * @typedef {Object} Info - what is said of a task, in the reader's language
 * @property {string} when
 * @property {string} length
 * @property {string} float
 * @property {string} who
 * @property {string} label - what a screen reader says of the row
 * @property {string} [why] - it stands where it does
 * @property {string} [deadline]
 * @property {string} [bound]
 * @property {string} [asked] - who is asked for too much
 *
 * @typedef {Object} Change - the latest change of the plan
 * @property {number} seq
 * @property {boolean} mine
 * @property {string} who
 * @property {string} at
 * @property {string} told
 * @property {string} effect
 * @property {{id: number, number: number, title: string, by: string, why: string}[]} moves
 * @property {number} more - moves that are not listed
 *
 * @typedef {Object} Picture - what the server answers
 * @property {number} roadmap
 * @property {number} version
 * @property {string} [stamp] - by which the server knows this picture
 * @property {number} [undoSeq]
 * @property {number} [redoSeq]
 * @property {boolean} mayEdit
 * @property {"day" | "hour" | "minute"} unit
 * @property {Layout} layout
 * @property {{upper: string[], lower: string[]}} axis - words of the cells
 * @property {Object<string, Info>} rows - by the task's id
 * @property {string | null} undo
 * @property {string | null} redo
 * @property {{ends: string, done: string, late: number}} [head]
 * @property {Change | null} change
 * @property {number[]} [added] - ids of new tasks
 *
 * @typedef {Object<string, unknown> & {do: string}} Act
 *
 * @typedef {Object} Item - acts that wait to be sent, or for their answer
 * @property {string} key - the server knows a repetition by it
 * @property {number} version - that the person saw
 * @property {string} [stamp] - of the picture that the person saw
 * @property {Act[]} acts
 *
 * @typedef {Object} Stale - what somebody else changed meanwhile
 * @property {string} title
 * @property {{field: string, original: string, yours: string, current: string}[]} rows
 *
 * @typedef {{start?: number, end?: number, doneEnd?: number, done?: number, title?: string}} Ghost
 *   - how a row is shown until the server has answered
 *
 * @typedef {{top: number, left: number, high: number}} Place
 *   - how far the sheet is scrolled, and how much of it is seen [px]
 *
 * @typedef {Object} Data
 * @property {number} person
 * @property {number} roadmap
 * @property {string} url
 * @property {Zoom | null} zoom - to begin with; none: the whole plan, if it is not too small
 * @property {number[]} folded - to begin with
 * @property {number | null} baseline
 * @property {number | null} selected - chosen by the page
 * @property {number} turn - grows when the page chooses another task
 * @property {string} language - ru, en
 * @property {boolean} mayEdit
 * @property {Words} words
 * @property {{day: Object<string, string>, night: Object<string, string>}} colours
 *
 * @typedef {Object<string, any>} Words - see words.py
 *
 * @typedef {Object} Component
 * @property {Data} data
 * @property {ShadowRoot} parentElement
 * @property {(name: string, value: unknown) => void} setStateValue
 */
