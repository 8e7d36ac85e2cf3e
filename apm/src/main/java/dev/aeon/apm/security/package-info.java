/**
 * Who may say what, and whether it was really they: signatures over canonical JSON, keys that can
 * be changed while messages are under way, rights. Entry types: {@link
 * dev.aeon.apm.security.Signatures} and {@link dev.aeon.apm.security.AccessRules}. Knows no
 * channels.
 */
package dev.aeon.apm.security;
