/**
 * The {@code sp} command: {@code sp cat} sends and prints messages as nngcat does.
 *
 * <p>Entry type: {@link dev.aeon.sp.cli.SpCommand}. Uses the public API of sockets alone; nothing
 * uses it. Its library, picocli, is needed by the command only.
 */
package dev.aeon.sp.cli;
