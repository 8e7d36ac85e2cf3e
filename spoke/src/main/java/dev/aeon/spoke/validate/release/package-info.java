/**
 * Whether a version may be published: its style, what it breaks of earlier releases, and whether
 * its number says so. Entry type: {@link dev.aeon.spoke.validate.release.ReleaseCheck}. It knows
 * descriptors and rules, not the store that they come from.
 */
package dev.aeon.spoke.validate.release;
