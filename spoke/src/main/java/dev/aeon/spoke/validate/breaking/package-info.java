/**
 * The rules of change: what a new image breaks for those who use an old one. Entry type: {@link
 * dev.aeon.spoke.validate.breaking.BreakingDetector}. It knows images and which rules hold, not
 * where the images come from.
 */
package dev.aeon.spoke.validate.breaking;
