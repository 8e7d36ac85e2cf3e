/** Placeholder. */
package dev.aeon.apm;
