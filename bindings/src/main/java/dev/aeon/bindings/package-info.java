/** Placeholder. */
package dev.aeon.bindings;
