-- Version 14: who gets a unit is judged when a tablet has told all it has. A tablet that was away tells its entries in parts, and
-- a reservation may be in one whose end, or hand-over, is in the next: judged in between, the wrong ticket lost its thing.

-- First what a push takes first, so that neither waits for the other.
LOCK TABLE kiosk.centre IN ACCESS EXCLUSIVE MODE;

-- Items whose tickets a device has told of and has more to tell. One that does not go on holds nobody up for longer than this.
CREATE TABLE kiosk.unjudged (
    centre int NOT NULL REFERENCES kiosk.centre,
    device text NOT NULL,
    item text NOT NULL,
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (centre, device, item)
);
REVOKE ALL ON kiosk.unjudged FROM PUBLIC;
CREATE FUNCTION kiosk.patience() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '10 minutes' $$;

-- Do what entries that count say: lay tombstones, and settle whose units are whose, unless their device has more to tell.
CREATE FUNCTION kiosk.apply(p_centre int, p_events kiosk.event[], p_device text, p_more boolean) RETURNS void
LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
DECLARE about text; items text[];
BEGIN
    INSERT INTO tombstone (centre, subject)
        SELECT DISTINCT p_centre, subject FROM unnest(p_events) WHERE kind LIKE '%.erased' AND subject IS NOT NULL
        ON CONFLICT DO NOTHING;
    DELETE FROM parcel WHERE centre = p_centre AND part LIKE 'box:%' AND subject IN (
        SELECT subject FROM unnest(p_events) WHERE kind LIKE '%.erased');
    items := ARRAY(SELECT DISTINCT subject FROM unnest(p_events) WHERE kind LIKE 'item.%' AND subject IS NOT NULL);
    FOR about IN SELECT DISTINCT subject FROM unnest(p_events) WHERE kind LIKE 'ticket.%' AND subject IS NOT NULL ORDER BY 1 LOOP
        items := items || kiosk.refresh(p_centre, about);
    END LOOP;
    IF p_more THEN
        INSERT INTO unjudged (centre, device, item)
            SELECT DISTINCT p_centre, p_device, one FROM unnest(items) AS one WHERE one IS NOT NULL
            ON CONFLICT DO NOTHING;
        UPDATE unjudged SET since = clock_timestamp() WHERE centre = p_centre AND device = p_device;
        RETURN;
    END IF;
    WITH told AS (
        DELETE FROM unjudged WHERE centre = p_centre AND (device = p_device OR since < clock_timestamp() - kiosk.patience())
            RETURNING item)
    SELECT items || coalesce(array_agg(item), '{}') INTO items FROM told;
    -- What another device is still telling of waits for that one.
    FOR about IN SELECT DISTINCT one FROM unnest(items) AS one WHERE one IS NOT NULL
            AND NOT EXISTS (SELECT FROM unjudged AS u WHERE u.centre = p_centre AND u.item = one) ORDER BY 1 LOOP
        PERFORM kiosk.arbitrate(p_centre, about);
    END LOOP;
END $$;

-- `p_more` says that the tablet has more to tell at once. Plans are made for any centre, as in version 12.
CREATE FUNCTION kiosk.push(p_device text, p_base text, p_lines text[], p_hashes text[], p_parcels jsonb, p_more boolean)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    t tablet := kiosk.me(); here centre := kiosk.locked(t.centre); d device; told kiosk.told[]; moving kiosk.event[];
    has record; use record; verdicts jsonb; before bigint; added int; newest text; brought bigint := length(p_parcels::text);
BEGIN
    IF p_device !~ '^[0-9a-f]{32}$' OR cardinality(p_lines) > 5000 OR brought > 20000000 THEN
        RAISE invalid_parameter_value USING MESSAGE = 'this is no journal';
    END IF;
    told := kiosk.read_journal(p_device, p_lines, p_hashes);
    INSERT INTO device (id, centre, tablet) VALUES (p_device, t.centre, CASE WHEN told[1].who <> 'hub' THEN t.role END)
        ON CONFLICT DO NOTHING;
    SELECT * INTO d FROM device WHERE id = p_device FOR UPDATE;
    IF d.centre <> t.centre THEN
        RAISE insufficient_privilege USING MESSAGE = 'this device is of another centre';
    END IF;
    before := d.last_seq;
    SELECT * INTO has FROM kiosk.left_today(t.role);
    SELECT * INTO use FROM kiosk.usable(told, d, p_base, CASE WHEN has.calls > 0 THEN has.lines ELSE 0 END, has.bytes);
    told := told[1:use.count];
    PERFORM kiosk.add_to_journal(t.centre, here.head, d, told);
    -- The lines follow each other, so their events are one range of the key.
    SELECT coalesce(jsonb_agg(CASE WHEN e.reason IS NOT NULL THEN jsonb_build_array(e.seq, 'rejected', e.reason)
            ELSE jsonb_build_array(e.seq, CASE WHEN e.seq <= before THEN 'duplicate' ELSE 'applied' END) END ORDER BY e.seq), '[]'),
        count(*) FILTER (WHERE e.seq > before), max(e.id) FILTER (WHERE e.seq > before AND e.reason IS NULL),
        coalesce(array_agg(e) FILTER (WHERE e.seq > before AND e.reason IS NULL
            AND (e.kind LIKE 'item.%' OR e.kind LIKE 'ticket.%' OR e.kind LIKE '%.erased')), '{}')
        INTO verdicts, added, newest, moving
        FROM event AS e WHERE e.device = p_device AND e.seq BETWEEN told[1].n AND told[use.count].n;
    IF added > 0 THEN
        UPDATE device SET last_seq = told[use.count].n, last_hash = told[use.count].hash WHERE id = p_device RETURNING * INTO d;
        UPDATE centre SET head = head + added, latest = greatest(latest, newest) WHERE id = t.centre;
    END IF;
    -- What lines bring comes with them, so that nothing of them is lost; the last of a day may go over it.
    IF kiosk.spend(t.role, added, brought + (SELECT coalesce(sum(size), 0) FROM unnest(told) WHERE n > before))
            AND has.bytes > 0 AND use.count > 0 THEN
        PERFORM kiosk.keep_parcels(t.centre, p_parcels);
    END IF;
    PERFORM kiosk.apply(t.centre, moving, p_device, p_more AND use.outcome = 'ok');
    UPDATE tablet SET seen = clock_timestamp() WHERE role = t.role;
    IF added > 0 THEN
        PERFORM pg_notify('kiosk_' || t.centre, '');
    END IF;
    RETURN jsonb_build_object('last', d.last_seq, 'outcome', use.outcome, 'verdicts', verdicts);
END $$;

-- Nobody is promised what another tablet may have.
CREATE OR REPLACE FUNCTION kiosk.reserve(p_ticket text, p_item text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE
    t tablet := kiosk.me(); here centre := kiosk.locked(t.centre); there record; free int;
BEGIN
    IF length(p_ticket) > 200 OR length(p_item) > 200 OR NOT kiosk.spend(t.role) THEN
        RETURN NULL;
    END IF;
    SELECT * INTO there FROM kiosk.room(t.centre, p_item);
    IF there.units IS NULL OR EXISTS (SELECT FROM unjudged WHERE centre = t.centre AND item = p_item
            AND since >= clock_timestamp() - kiosk.patience()) THEN
        RETURN NULL;  -- not heard of, or not all of it: the ticket will be provisional
    END IF;
    UPDATE claim SET unit = NULL WHERE centre = t.centre AND item = p_item AND held_until <= clock_timestamp();
    SELECT min(n) INTO free FROM generate_series(1, there.units) AS n
        WHERE NOT there.withdrawn AND NOT EXISTS (
            SELECT 1 FROM claim WHERE centre = t.centre AND item = p_item AND unit = n);
    IF free IS NULL THEN
        RETURN EXISTS (SELECT 1 FROM claim WHERE centre = t.centre AND ticket = p_ticket AND unit IS NOT NULL);
    END IF;
    INSERT INTO claim (centre, ticket, item, unit, state, stamp, provisional, held_until)
        VALUES (t.centre, p_ticket, p_item, free, 'reserved', kiosk.following_id(here.latest), false,
                clock_timestamp() + interval '2 minutes')
        ON CONFLICT (centre, ticket) DO NOTHING;
    RETURN true;
END $$;

-- A tablet of before says nothing of what is to come.
CREATE OR REPLACE FUNCTION kiosk.push(p_device text, p_base text, p_lines text[], p_hashes text[], p_parcels jsonb) RETURNS jsonb
LANGUAGE sql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
    SELECT kiosk.push(p_device, p_base, p_lines, p_hashes, p_parcels, false) $$;
CREATE OR REPLACE FUNCTION kiosk.apply(p_centre int, p_events kiosk.event[]) RETURNS void
LANGUAGE sql SET search_path = kiosk, pg_temp AS $$ SELECT kiosk.apply(p_centre, p_events, '', false) $$;

REVOKE ALL ON FUNCTION kiosk.patience(), kiosk.apply(int, kiosk.event[], text, boolean),
    kiosk.push(text, text, text[], text[], jsonb, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kiosk.push(text, text, text[], text[], jsonb, boolean) TO kiosk_tablet;
