/**
 * Which rules hold for a module, and where not: the table of rules and categories, and the reading
 * of {@code buf.yaml} and {@code spoke.yaml}. Entry type: {@link
 * dev.aeon.spoke.validate.config.CheckConfigFile}. It knows no descriptor and runs no rule.
 */
package dev.aeon.spoke.validate.config;
