-- Version 13: what has expired or was cancelled on its tablet stays so. Its entries may come in two pushes: the claim is judged
-- when the first is there, and then no longer waits when the second is. Nobody is to be called about it.

-- First what a push takes first, so that neither waits for the other.
LOCK TABLE kiosk.centre IN ACCESS EXCLUSIVE MODE;

CREATE OR REPLACE FUNCTION kiosk.refresh(p_centre int, p_ticket text) RETURNS text
LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
DECLARE
    e record; its_item text; its_state text := ''; its_stamp text := ''; unsure boolean := false;
BEGIN
    FOR e IN SELECT id, kind, payload::jsonb AS said FROM event
        WHERE centre = p_centre AND subject = p_ticket AND reason IS NULL AND kind LIKE 'ticket.%' ORDER BY id LOOP
        its_item := coalesce(e.said ->> 'item', its_item);
        IF e.kind IN ('ticket.collected', 'ticket.given') THEN
            IF its_state <> 'collected' THEN
                its_state := 'collected'; its_stamp := e.id;
            END IF;
        ELSIF e.kind = 'ticket.hand_over_undone' OR e.kind = 'ticket.given_twice' THEN
            its_state := CASE e.kind WHEN 'ticket.given_twice' THEN 'conflicted' ELSE 'reserved' END;
        ELSIF its_state = 'collected' OR (e.kind = 'ticket.conflicted' AND its_state IN ('expired', 'cancelled')) THEN
            CONTINUE;
        ELSIF e.kind IN ('ticket.reserved', 'ticket.held', 'ticket.reactivated') THEN
            its_state := 'reserved'; its_stamp := e.id; unsure := coalesce(e.said -> 'provisional' = 'true', false);
        ELSIF e.kind = 'ticket.moved' THEN
            its_state := e.said ->> 'state'; its_stamp := e.id;
        ELSIF e.kind = 'ticket.confirmed' THEN
            unsure := false;
        ELSIF e.kind IN ('ticket.expired', 'ticket.cancelled', 'ticket.conflicted') THEN
            its_state := split_part(e.kind, '.', 2);
        END IF;
    END LOOP;
    IF its_item IS NULL OR length(its_item) > 200 THEN
        RETURN NULL;
    END IF;
    INSERT INTO claim (centre, ticket, item, state, stamp, provisional)
        VALUES (p_centre, p_ticket, its_item, coalesce(its_state, ''), its_stamp, unsure)
        ON CONFLICT (centre, ticket) DO UPDATE SET
            item = EXCLUDED.item, state = EXCLUDED.state, stamp = EXCLUDED.stamp, provisional = EXCLUDED.provisional,
            held_until = NULL, unit = CASE WHEN claim.item = EXCLUDED.item AND EXCLUDED.state IN ('reserved', 'collected') THEN claim.unit END;
    RETURN its_item;
END $$;

SELECT kiosk.refresh(centre, ticket) FROM kiosk.claim WHERE state = 'conflicted';
