/**
 * Decides which agents a message goes to (section 3). Entry type: {@link
 * dev.aeon.apm.route.Router}. Knows no channels.
 */
package dev.aeon.apm.route;
