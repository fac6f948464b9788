-- Version 3: goods of neighbouring centres, where both allow it; counts that read only the centres they are asked for.

ALTER TABLE kiosk.centre ADD COLUMN shows_goods boolean NOT NULL DEFAULT false;

-- What a centre shows its neighbours: one row a thing, nothing but what is written here, and only while it shares.
-- `changed` is the centre's position when it last changed.
CREATE TABLE kiosk.good (
    centre int NOT NULL REFERENCES kiosk.centre, item text NOT NULL, said jsonb NOT NULL, photo text, free int NOT NULL,
    changed bigint NOT NULL, PRIMARY KEY (centre, item));
CREATE INDEX good_by_change ON kiosk.good (centre, changed, item);
CREATE INDEX good_by_photo ON kiosk.good (centre, photo) WHERE free > 0;

CREATE FUNCTION kiosk.show(p_centre int, p_item text) RETURNS void
LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
DECLARE
    here centre; there record; whole jsonb; taken int;
BEGIN
    SELECT * INTO here FROM centre WHERE id = p_centre;
    SELECT * INTO there FROM kiosk.room(p_item);
    IF NOT here.shares_goods OR there.units IS NULL THEN
        RETURN;
    END IF;
    SELECT kiosk.merge(payload::jsonb ORDER BY id) INTO whole FROM event
        WHERE subject = p_item AND reason IS NULL AND kind LIKE 'item.%' AND centre = p_centre;
    SELECT count(*) INTO taken FROM claim WHERE centre = p_centre AND item = p_item AND unit IS NOT NULL;
    INSERT INTO good (centre, item, said, photo, free, changed)
        VALUES (p_centre, p_item,
            (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(whole) WHERE key IN (
                'thing', 'names', 'category', 'size', 'age_group', 'condition', 'arrived_on')),
            whole -> 'photos' ->> 0, CASE WHEN there.withdrawn THEN 0 ELSE greatest(0, there.units - taken) END, here.head)
        ON CONFLICT (centre, item) DO UPDATE SET
            said = EXCLUDED.said, photo = EXCLUDED.photo, free = EXCLUDED.free, changed = EXCLUDED.changed;
END $$;

-- Say whether the centre of the tablet that calls shows its goods to its neighbours, and theirs to its visitors.
CREATE FUNCTION kiosk.share(p_shares boolean, p_shows boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE t tablet := kiosk.me(); before boolean;
BEGIN
    SELECT shares_goods INTO before FROM centre WHERE id = t.centre FOR UPDATE;
    UPDATE centre SET shares_goods = p_shares, shows_goods = p_shows WHERE id = t.centre;
    IF before AND NOT p_shares THEN
        DELETE FROM good WHERE centre = t.centre;
    ELSIF p_shares AND NOT before THEN
        PERFORM kiosk.show(t.centre, e.subject) FROM event AS e
            WHERE e.centre = t.centre AND e.kind = 'item.added' AND e.reason IS NULL;
    END IF;
END $$;

-- The centres of the same region that show their goods, if the centre of the tablet that calls shows them to anybody:
-- (number, name, position of the newest change).
CREATE FUNCTION kiosk.neighbours() RETURNS TABLE (number int, name text, newest bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
    SELECT n.id, n.name, coalesce((SELECT max(g.changed) FROM good AS g WHERE g.centre = n.id), 0)
    FROM centre AS mine JOIN centre AS n ON n.id <> mine.id AND n.region = mine.region AND n.shares_goods
    WHERE mine.id = kiosk.my_centre() AND mine.shows_goods $$;

-- As in version 1, and the neighbours are shown what is left.
CREATE OR REPLACE FUNCTION kiosk.arbitrate(p_centre int, p_item text) RETURNS void
LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
DECLARE
    there record; c record; winner text;
BEGIN
    SELECT * INTO there FROM kiosk.room(p_item);
    IF there.units IS NULL THEN
        RETURN;
    END IF;
    UPDATE claim SET unit = NULL WHERE centre = p_centre AND item = p_item AND unit IS NOT NULL;
    FOR c IN SELECT ticket, state, provisional, held_until,
            row_number() OVER (ORDER BY state <> 'collected', stamp, ticket) AS place
        FROM claim WHERE centre = p_centre AND item = p_item AND state IN ('reserved', 'collected')
            AND (held_until IS NULL OR held_until > clock_timestamp()) ORDER BY place LOOP
        IF c.place <= there.units AND (c.state = 'collected' OR NOT there.withdrawn) THEN
            UPDATE claim SET unit = c.place WHERE centre = p_centre AND ticket = c.ticket;
            winner := c.ticket;
            IF c.provisional AND c.state = 'reserved' THEN
                PERFORM kiosk.decide(p_centre, 'ticket.confirmed', c.ticket, p_item, NULL);
            END IF;
        ELSIF c.held_until IS NOT NULL THEN
            CONTINUE;  -- its ticket is not known yet, and will be told when it is
        ELSIF c.state = 'collected' THEN
            PERFORM kiosk.decide(p_centre, 'ticket.given_twice', c.ticket, p_item, winner);
        ELSE
            PERFORM kiosk.decide(p_centre, 'ticket.conflicted', c.ticket, p_item, winner);
        END IF;
    END LOOP;
    PERFORM kiosk.show(p_centre, p_item);
END $$;

CREATE OR REPLACE VIEW kiosk.counts WITH (security_barrier) AS
    SELECT mine.name AS centre, mine.region, visits.visits, visits.adults + corrections.adults AS adults,
        visits.children + corrections.children AS children, given.given,
        -- Fewer than five are not told: one could guess who it was.
        CASE WHEN asked.requests BETWEEN 1 AND 4 THEN '<5' ELSE asked.requests::text END AS requests
    FROM (
        SELECT c.id, c.name, c.region FROM kiosk.centre AS c
        WHERE c.id = kiosk.my_centre()
            OR c.region IN (SELECT r.region FROM kiosk.region_reader AS r WHERE r.role = session_user)
            OR pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = 'kiosk.event'::regclass), 'USAGE')
        ) AS mine,
        LATERAL (
            SELECT count(*) AS visits, coalesce(sum(adults), 0) AS adults, coalesce(sum(children), 0) AS children
            FROM kiosk.visit WHERE centre = mine.id AND NOT undone) AS visits,
        LATERAL (
            SELECT coalesce(sum(kiosk.number(payload::jsonb -> 'adults')), 0) AS adults,
                coalesce(sum(kiosk.number(payload::jsonb -> 'children')), 0) AS children
            FROM kiosk.event WHERE centre = mine.id AND kind = 'session.corrected' AND reason IS NULL) AS corrections,
        LATERAL (SELECT count(*) AS given FROM kiosk.claim WHERE centre = mine.id AND state = 'collected') AS given,
        LATERAL (
            SELECT count(*) AS requests FROM kiosk.event
            WHERE centre = mine.id AND kind = 'request.made' AND reason IS NULL) AS asked;

ALTER TABLE kiosk.good ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_neighbours ON kiosk.good FOR SELECT USING (centre IN (SELECT number FROM kiosk.neighbours()));
CREATE POLICY of_neighbours ON kiosk.picture FOR SELECT USING (size <> 'full' AND EXISTS (
    SELECT 1 FROM kiosk.good AS g WHERE g.centre = picture.centre AND g.photo = picture.hash AND g.free > 0));
GRANT SELECT ON kiosk.good TO kiosk_tablet;
REVOKE ALL ON FUNCTION kiosk.show(int, text), kiosk.share(boolean, boolean), kiosk.neighbours() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kiosk.share(boolean, boolean), kiosk.neighbours() TO kiosk_tablet;
