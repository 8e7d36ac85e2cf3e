/** Placeholder. */
package dev.aeon.fleet;
