/** Placeholder. */
package dev.aeon.spoke;
