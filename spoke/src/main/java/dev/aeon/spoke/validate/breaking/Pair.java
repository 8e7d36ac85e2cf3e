package dev.aeon.spoke.validate.breaking;

/** The same element, as it is and as it was. */
record Pair<T>(T current, T previous) {}
