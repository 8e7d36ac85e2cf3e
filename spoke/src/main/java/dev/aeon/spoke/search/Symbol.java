package dev.aeon.spoke.search;

/**
 * Something that can be found.
 *
 * @param kind module, file, message, field, enum, value, service or method
 * @param name with its package; a field's or value's with what it is in
 * @param type of a field, or a method's request and answer; empty for others
 * @param comment what stands above it
 */
public record Symbol(String kind, String name, String type, String file, String comment) {}
