/**
 * The {@code spoke} command. Entry type: {@link dev.aeon.spoke.cli.SpokeCommand}. It knows the
 * client, the compiler and the validator, never the store or the server.
 */
package dev.aeon.spoke.cli;
