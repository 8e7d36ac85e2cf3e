/**
 * What an examination of an agents' directory finds and mends. Entry type: {@link
 * dev.aeon.apm.fsck.Examination}, which is handed to those who know the files and the channels, of
 * which this knows nothing.
 */
package dev.aeon.apm.fsck;
