/** The {@code psyne} command. Entry type: {@link dev.aeon.slabs.cli.PsyneCommand}. */
package dev.aeon.slabs.cli;
