/**
 * The shapes that the note's other files speak of: for editors and readers, never sent.
 *
 * @typedef {Object} Words
 * @property {string} saved - "Saved as draft {time}"
 * @property {string} unsent
 * @property {string} offline
 * @property {string} signedOut
 * @property {string} tooLong - "{over}" characters too many
 * @property {string} apart
 * @property {string} stored
 * @property {string} showOther
 * @property {string} keepThis
 * @property {string} count - "{count} of {limit}"
 *
 * @typedef {Object} Seen
 * @property {string} writer
 * @property {number} sequence
 *
 * @typedef {Object} Data
 * @property {number} person
 * @property {string} draft - the key of the draft
 * @property {string} url - where drafts are sent
 * @property {string} label
 * @property {string} description
 * @property {string} placeholder
 * @property {number} height - of the empty field [px]
 * @property {number} limit - characters the note may have
 * @property {number} cap - characters a draft may have
 * @property {string} language
 * @property {string} zone
 * @property {string} text - what the field shows: the draft, else the stored text
 * @property {string} value - the stored text
 * @property {number} version - of the draft; 0 when there is none
 * @property {boolean} cleared - the draft was saved
 * @property {string} at - when the draft was kept (ISO), or ""
 * @property {string} other - a text that the draft overtook, or ""
 * @property {boolean} otherIsStored - the stored text changed after the draft was begun
 * @property {string} basis - the digest of the text the draft began with
 * @property {string} settled - the digest of the stored text now
 * @property {Seen | null} seen - the text that was saved, when it came from this window
 * @property {Words} words
 *
 * @typedef {Object} Component
 * @property {Data} data
 * @property {ShadowRoot} parentElement
 * @property {(name: string, value: unknown) => void} setStateValue
 *
 * @typedef {Object} Answer
 * @property {number} version
 * @property {boolean} cleared
 * @property {string} other
 * @property {string} at
 *
 * @typedef {Object} Copy
 * @property {string} text
 * @property {number} sequence
 * @property {number} base
 * @property {string} basis
 * @property {string} writer
 */
