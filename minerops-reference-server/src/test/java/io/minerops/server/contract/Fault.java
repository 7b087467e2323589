package io.minerops.server.contract;

/**
 * A request with one thing wrong.
 *
 * @param what is wrong
 * @param request the request
 * @param field what the refusal must name, or a part of it that is further inside; empty where nothing need be named
 */
record Fault(String what, Request request, String field) {
    @Override
    public String toString() {
        return what + ": " + request;
    }
}
