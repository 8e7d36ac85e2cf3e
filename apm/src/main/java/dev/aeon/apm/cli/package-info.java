/**
 * The {@code apm} command. Entry type: {@link dev.aeon.apm.cli.ApmCommand}. It knows what the
 * module exports, never how channels and stores keep their files.
 */
package dev.aeon.apm.cli;
