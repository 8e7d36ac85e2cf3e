package dev.aeon.spoke.api;

import java.util.List;

/**
 * What a search found, best first.
 *
 * @param total how many there are; at least so many where there are more than a thousand
 * @param indexedSequence the last publication that was looked through
 */
public record SearchResult(List<SearchHit> hits, long total, long indexedSequence) {}
