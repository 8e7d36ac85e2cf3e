/**
 * The rule on protovalidate's constraints in a schema: those that contradict each other, do not fit
 * what they are on, or whose expressions do not compile. Entry type: {@link
 * dev.aeon.spoke.validate.constraint.ConstraintCheck}. Knows images, and nothing of configuration
 * or of other rules.
 */
package dev.aeon.spoke.validate.constraint;
