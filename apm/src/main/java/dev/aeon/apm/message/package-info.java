/**
 * Messages as types: the envelope, the seven payload types of section 2, and the identities they
 * carry. A message that exists is valid. Entry type: {@link dev.aeon.apm.message.Message}. Knows no
 * bytes, channels or agents beyond their names.
 */
package dev.aeon.apm.message;
