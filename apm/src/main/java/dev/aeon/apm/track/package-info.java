/**
 * What becomes of a message after it was sent (section 4): states, time-outs, retries, receipts.
 * Entry type: {@link dev.aeon.apm.track.Tracker}. Knows no channels, files or threads.
 */
package dev.aeon.apm.track;
