/**
 * The {@code sp} command: {@code sp cat} sends and prints messages as nngcat does, {@code sp
 * device} forwards them, {@code sp bench} measures how fast they go.
 *
 * <p>Entry type: {@link dev.aeon.sp.cli.SpCommand}. Uses the public API of sockets alone; nothing
 * uses it. Its libraries, picocli and HdrHistogram, are needed by the command only.
 */
package dev.aeon.sp.cli;
