package io.minerops.core.discovery;

import java.util.List;

/**
 * What a discovery changed in the registry.
 *
 * @param added how many miners are new
 * @param moved the known ones that answered at another address than before
 */
public record Registration(int added, List<Relocation> moved) {
    public Registration {
        moved = List.copyOf(moved);
    }
}
