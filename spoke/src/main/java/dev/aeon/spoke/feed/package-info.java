/**
 * Publications told to subscribers over SP. Entry type: {@link
 * dev.aeon.spoke.feed.ChangePublisher}. It knows the registry's feed, neither server nor commands.
 */
package dev.aeon.spoke.feed;
