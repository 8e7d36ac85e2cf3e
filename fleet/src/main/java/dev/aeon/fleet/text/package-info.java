/**
 * Text as the fleet sees it: a folder's files, a file's passages, a passage's terms. Entry types:
 * {@link dev.aeon.fleet.text.FolderScan} and {@link dev.aeon.fleet.text.TextReader}. Knows files
 * and characters; must not know vectors, agents or messages.
 */
package dev.aeon.fleet.text;
