/** Placeholder. */
package dev.aeon.slabs;
