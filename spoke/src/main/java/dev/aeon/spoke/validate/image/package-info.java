/**
 * Compiled schemas as rules see them: files of descriptors, with the places in the source text that
 * each element came from. Entry type: {@link dev.aeon.spoke.validate.image.Image}. It knows no
 * rule, no store and no server.
 */
package dev.aeon.spoke.validate.image;
