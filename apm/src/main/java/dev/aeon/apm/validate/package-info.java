/**
 * Decides whether what was read, or is about to be sent, is a message of the protocol. Entry type:
 * {@link dev.aeon.apm.validate.Validator}. Knows no channels and no agents.
 */
package dev.aeon.apm.validate;
