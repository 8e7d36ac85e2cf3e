/**
 * Who may do what, how often, and what they did. Entry type: {@link
 * dev.aeon.spoke.access.AccessControl}. It knows no HTTP and no registry.
 */
package dev.aeon.spoke.access;
