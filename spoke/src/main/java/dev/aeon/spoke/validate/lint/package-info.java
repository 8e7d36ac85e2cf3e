/**
 * The rules of style, on the elements of an image. Entry type: {@link
 * dev.aeon.spoke.validate.lint.Linter}. It knows images and which rules hold, not how files are
 * compiled or where findings go.
 */
package dev.aeon.spoke.validate.lint;
