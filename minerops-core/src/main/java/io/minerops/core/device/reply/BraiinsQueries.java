package io.minerops.core.device.reply;

/** The GraphQL queries to the web server of Braiins OS up to version 22. */
final class BraiinsQueries {
    /** The body of the request. It only reads; a change would be a mutation. */
    static final String DEVICE = "{\"query\":\"query{bos{hostname info{version{full}} uptime{durationS}}"
            + " bosminer{info{modelName fans{name rpm} summary{power{approxConsumptionW}}"
            + " workSolver{nominalMhs realHashrate{mhs5S mhsAv} childSolvers{name hwDetails{chips} temperatures{name degreesC}}}"
            + " poolGroups{pools{url user status active shares{acceptedSolutions rejectedSolutions}}}}}}\"}";

    /** The body of a request that older web servers may not understand, hence separate. */
    static final String ERRORS =
            "{\"query\":\"query{bosminer{info{workSolver{childSolvers{name tuner{statusMessages}}}}}}\"}";

    private BraiinsQueries() {}
}
