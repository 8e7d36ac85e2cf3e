/** Placeholder. */
package dev.aeon.sp;
