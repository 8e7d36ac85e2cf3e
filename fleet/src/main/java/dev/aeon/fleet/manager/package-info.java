/**
 * The manager: cuts the folder into shards, keeps a crew of agent processes, hands them work, moves
 * the work of those that die, and merges their answers. Entry type: {@link
 * dev.aeon.fleet.manager.SearchFleet}. Must not know how vectors are made or searched.
 */
package dev.aeon.fleet.manager;
