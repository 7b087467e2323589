package io.minerops.api.store;

/** Takes stored polls one at a time. */
@FunctionalInterface
public interface PollConsumer {
    /**
     * Takes the next poll.
     *
     * @param poll the requested readings; valid during the call only, because it is filled again for the next
     * @return whether more polls are wanted
     */
    boolean accept(PollColumns poll);
}
