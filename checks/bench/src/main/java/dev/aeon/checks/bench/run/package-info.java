/**
 * Which trials are made, in which order, in which processes; and what comes of them.
 *
 * <p>Entry type: {@link dev.aeon.checks.bench.run.MessagingRun}. Knows no socket.
 */
package dev.aeon.checks.bench.run;
