/**
 * Messages as bytes: one line of UTF-8 JSON each, within limits that hold before anything is
 * believed. Entry type: {@link dev.aeon.apm.codec.JsonCodec}. Knows no channels and no rules of
 * message types.
 */
package dev.aeon.apm.codec;
