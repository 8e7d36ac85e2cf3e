/**
 * Files and directories as several packages need them; not exported. Entry type: {@link
 * dev.aeon.apm.internal.files.AtomicFiles}. Knows nothing of the rest of the module.
 */
package dev.aeon.apm.internal.files;
