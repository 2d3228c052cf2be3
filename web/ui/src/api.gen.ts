// Written by scripts/api-types.mjs from web/*/openapi.yaml: change it there.
export interface paths {
    "/api/v1/districts/{district}/areas/{area}/summary": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                /** @description Slug of the sub-area */
                area: string;
            };
            cookie?: never;
        };
        /**
         * A sub-area: what hurts, what is there, what has changed
         * @description Compares the needs of a season, which has whole months that have ended, with those of a season of as many months before.
         */
        get: operations["getAreaSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/compare": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Areas, categories or periods side by side, with intervals
         * @description Two to four areas are compared with each other; or else two categories; and two periods, for each of these, or alone. A group is one of them in one period, with its pins and its rate; a comparison is of two groups of a period, or of both periods of an area or category. All intervals are of 95 %. A comparison below the minima, or of periods that have days in common, states no difference.
         */
        get: operations["compare"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/wards": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /** Wards, which elect the councillors, with their boundaries of today */
        get: operations["listWards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/represents": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Who represents a place
         * @description The ward and the sub-area of the place, who represents it, the nearest offices, and the resolutions of the council about it. A place outside the district is not found.
         */
        get: operations["getRepresents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Districts of this installation */
        get: operations["listDistricts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /** A district with its boundary */
        get: operations["getDistrict"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/areas": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /** Sub-areas with their boundaries */
        get: operations["listAreas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/categories": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /** Categories of pins */
        get: operations["listCategories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * What takes place
         * @description The occurrences of public events from one day to another by the clocks of the district, the first first. A series has one
         *     for each of its days.
         */
        get: operations["listCalendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/things/{id}/figures": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /**
         * Figures behind a diagnosis or a recommendation, as they were and as they are
         * @description The figures that were frozen with the thing, beside those of today for the same question. Where `same_data`,
         *     `same_boundaries` and `same_method` are true, all numbers are identical.
         */
        get: operations["getFigures"];
        put?: never;
        /**
         * Freeze the figures of today
         * @description For whoever may edit the thing.
         */
        post: operations["freezeFigures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/hotspots": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Where there are more pins than chance would explain, by H3 cell
         * @description The local statistic of spatial association Gi* (Ord and Getis, 1995) of the number of pins of every cell that `/hexes` returns for the same query, cells without pins included. The neighbours of a cell are the cells of the response that touch it. `q` is `p`, corrected for all cells (Benjamini and Hochberg, 1995), and decides the class. Below a minimum no test is made: every cell has the class `undefined`, which is not `not-significant`. Pins of `hex` categories are counted in cells of resolution 9, and of sensitive ones in those of 8, so a finer resolution is refused for a query that names such a category. Where a query names none, pins of those that are counted in larger cells are set aside; `hex_only` tells how many.
         */
        get: operations["listHotspots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/hotspots/{cell}/trend": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                /** @description H3 index of a cell of resolution 4 to 10 */
                cell: string;
            };
            cookie?: never;
        };
        /**
         * Whether needs in a cell and its neighbours rise or fall
         * @description The test of Mann and Kendall of the number of needs that the query selects in the cell and the cells that touch it, by month. The months are whole ones that have ended, at most the last 24 of the period of the query, and begin after the month of the first pin of the district. Pins of `hex` categories are left out: they are published in groups, each of which counts in its last month. With fewer months or needs than the minima, nothing is tested.
         */
        get: operations["getHotspotTrend"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/offices": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind office
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listOffices"];
        put?: never;
        /**
         * Add a thing of the kind office
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createOffice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/offices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind office */
        get: operations["getOffice"];
        /**
         * Change a thing of the kind office
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replaceOffice"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/diagnoses": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind diagnosis
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listDiagnoses"];
        put?: never;
        /**
         * Add a thing of the kind diagnosis
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createDiagnosis"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/diagnoses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind diagnosis */
        get: operations["getDiagnosis"];
        /**
         * Change a thing of the kind diagnosis
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replaceDiagnosis"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/initiatives": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind initiative
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listInitiatives"];
        put?: never;
        /**
         * Add a thing of the kind initiative
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createInitiative"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/initiatives/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind initiative */
        get: operations["getInitiative"];
        /**
         * Change a thing of the kind initiative
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replaceInitiative"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/organisations": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind organisation
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listOrganisations"];
        put?: never;
        /**
         * Add a thing of the kind organisation
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createOrganisation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/organisations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind organisation */
        get: operations["getOrganisation"];
        /**
         * Change a thing of the kind organisation
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replaceOrganisation"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/recommendations": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind recommendation
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listRecommendations"];
        put?: never;
        /**
         * Add a thing of the kind recommendation
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createRecommendation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/recommendations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind recommendation */
        get: operations["getRecommendation"];
        /**
         * Change a thing of the kind recommendation
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replaceRecommendation"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/councillors": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind councillor
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listCouncillors"];
        put?: never;
        /**
         * Add a thing of the kind councillor
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createCouncillor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/councillors/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind councillor */
        get: operations["getCouncillor"];
        /**
         * Change a thing of the kind councillor
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replaceCouncillor"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/resolutions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind resolution
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listResolutions"];
        put?: never;
        /**
         * Add a thing of the kind resolution
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createResolution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/resolutions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind resolution */
        get: operations["getResolution"];
        /**
         * Change a thing of the kind resolution
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replaceResolution"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/asks": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind ask
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listAsks"];
        put?: never;
        /**
         * Add a thing of the kind ask
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createAsk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/asks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind ask */
        get: operations["getAsk"];
        /**
         * Change a thing of the kind ask
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replaceAsk"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/offers": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind offer
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listOffers"];
        put?: never;
        /**
         * Add a thing of the kind offer
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/offers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind offer */
        get: operations["getOffer"];
        /**
         * Change a thing of the kind offer
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replaceOffer"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind comment
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listComments"];
        put?: never;
        /**
         * Add a thing of the kind comment
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createComment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/comments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind comment */
        get: operations["getComment"];
        /**
         * Change a thing of the kind comment
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replaceComment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/events": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind event
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listEvents"];
        put?: never;
        /**
         * Add a thing of the kind event
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind event */
        get: operations["getEvent"];
        /**
         * Change a thing of the kind event
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replaceEvent"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/practices": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind practice
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listPractices"];
        put?: never;
        /**
         * Add a thing of the kind practice
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createPractice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/practices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind practice */
        get: operations["getPractice"];
        /**
         * Change a thing of the kind practice
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replacePractice"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/programmes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind programme
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listProgrammes"];
        put?: never;
        /**
         * Add a thing of the kind programme
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createProgramme"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/programmes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind programme */
        get: operations["getProgramme"];
        /**
         * Change a thing of the kind programme
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replaceProgramme"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/enrolments": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind enrolment
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listEnrolments"];
        put?: never;
        /**
         * Add a thing of the kind enrolment
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createEnrolment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/enrolments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind enrolment */
        get: operations["getEnrolment"];
        /**
         * Change a thing of the kind enrolment
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replaceEnrolment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/practicums": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind practicum
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listPracticums"];
        put?: never;
        /**
         * Add a thing of the kind practicum
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createPracticum"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/practicums/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind practicum */
        get: operations["getPracticum"];
        /**
         * Change a thing of the kind practicum
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replacePracticum"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/advice": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind advice
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listAdvice"];
        put?: never;
        /**
         * Add a thing of the kind advice
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createAdvice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/advice/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind advice */
        get: operations["getAdvice"];
        /**
         * Change a thing of the kind advice
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replaceAdvice"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind answer
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listAnswers"];
        put?: never;
        /**
         * Add a thing of the kind answer
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/answers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind answer */
        get: operations["getAnswer"];
        /**
         * Change a thing of the kind answer
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replaceAnswer"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/ideas": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind idea
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listIdeas"];
        put?: never;
        /**
         * Add a thing of the kind idea
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createIdea"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/ideas/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind idea */
        get: operations["getIdea"];
        /**
         * Change a thing of the kind idea
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replaceIdea"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/themes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind theme
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listThemes"];
        put?: never;
        /**
         * Add a thing of the kind theme
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createTheme"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/themes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind theme */
        get: operations["getTheme"];
        /**
         * Change a thing of the kind theme
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replaceTheme"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind group
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listGroups"];
        put?: never;
        /**
         * Add a thing of the kind group
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind group */
        get: operations["getGroup"];
        /**
         * Change a thing of the kind group
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replaceGroup"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/questions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Things of the kind question
         * @description The newest first. Those who may edit them receive those that wait for publication too.
         */
        get: operations["listQuestions"];
        put?: never;
        /**
         * Add a thing of the kind question
         * @description With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createQuestion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/questions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A thing of the kind question */
        get: operations["getQuestion"];
        /**
         * Change a thing of the kind question
         * @description Fields of links that are left out stay as they are. When somebody else has changed it meanwhile, the status is 412.
         */
        put: operations["replaceQuestion"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/hexes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Counts by H3 cell
         * @description Every cell that overlaps the areas of the query (the district, if it has none), cells without pins included, and every other cell that counts a pin. A cell counts only pins of the areas, so the sum is their total at every resolution. `hex_only` tells how many pins of `hex` categories are among them.
         */
        get: operations["listHexes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Changes as they happen (server-sent events)
         * @description An event `change` has the cells of resolution 8 in which pins changed, `{"cells": ["88…"]}`, or `{"all": true}` if there are many or they are not known, in which case other things may have changed too. When things other than pins have, it has the names of their lists, `{"things": ["offices"]}`. A client that reconnects with the id of its last event, as `Last-Event-ID` or as `since`, misses no change, whichever server it reaches.
         */
        get: operations["streamChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tiles/{district}/pins.json": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Description of the tiles of pins (TileJSON 3.0)
         * @description The query is also in the URL of the tiles.
         */
        get: operations["getPinTileJSON"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tiles/{district}/pins/{z}/{x}/{y}.mvt": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                z: components["parameters"]["z"];
                /** @description At most 2^z − 1 */
                x: components["parameters"]["x"];
                /** @description At most 2^z − 1 */
                y: components["parameters"]["y"];
            };
            cookie?: never;
        };
        /**
         * A vector tile of pins (Mapbox Vector Tile 2.1)
         * @description A point with id, kind, category and status for every square of 16 pixels (a tile has 512) and kind, which represents the `n` pins of the kind in the square. A tile without features is empty.
         */
        get: operations["getPinTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tiles/{district}/hexes.json": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Description of the tiles of hexes (TileJSON 3.0)
         * @description The query is also in the URL of the tiles.
         */
        get: operations["getHexTileJSON"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tiles/{district}/hexes/{z}/{x}/{y}.mvt": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                z: components["parameters"]["z"];
                /** @description At most 2^z − 1 */
                x: components["parameters"]["x"];
                /** @description At most 2^z − 1 */
                y: components["parameters"]["y"];
            };
            cookie?: never;
        };
        /**
         * A vector tile of hexes (Mapbox Vector Tile 2.1)
         * @description H3 cells with h3, need, potential, organisation and total. A tile without features is empty. By default cells have the resolution that suits the zoom, ⌊(7·z + 11) / 10⌋ from 4 to 11. `res` may be at most one finer.
         */
        get: operations["getHexTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tiles/{district}/areas.json": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Description of the tiles of areas (TileJSON 3.0)
         * @description The query is also in the URL of the tiles.
         */
        get: operations["getAreaTileJSON"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tiles/{district}/areas/{z}/{x}/{y}.mvt": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                z: components["parameters"]["z"];
                /** @description At most 2^z − 1 */
                x: components["parameters"]["x"];
                /** @description At most 2^z − 1 */
                y: components["parameters"]["y"];
            };
            cookie?: never;
        };
        /**
         * A vector tile of areas (Mapbox Vector Tile 2.1)
         * @description The boundaries of the areas with slug and name. A tile without features is empty.
         */
        get: operations["getAreaTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tiles/{district}/things.json": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /** Description of the tiles of things other than pins (TileJSON 3.0) */
        get: operations["getThingTileJSON"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tiles/{district}/things/{z}/{x}/{y}.mvt": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                z: components["parameters"]["z"];
                /** @description At most 2^z − 1 */
                x: components["parameters"]["x"];
                /** @description At most 2^z − 1 */
                y: components["parameters"]["y"];
            };
            cookie?: never;
        };
        /**
         * A vector tile of things other than pins (Mapbox Vector Tile 2.1)
         * @description A point with id, kind, such as `office`, and state for every square of 64 pixels (a tile has 512) and kind, which represents the `n` things of the kind in the square. State is empty for a kind without states. A tile without features is empty.
         */
        get: operations["getThingTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/basemap.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Description of the tiles of the basemap (TileJSON 3.0)
         * @description Streets, buildings, water and names in the schema of Protomaps basemaps, version 4, with the attribution that a map must show. 404 if the installation has no basemap.
         */
        get: operations["getBasemapTileJSON"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/basemap/{hash}/{z}/{x}/{y}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description That of the basemap, which is in the TileJSON */
                hash: string;
                z: components["parameters"]["z"];
                /** @description At most 2^z − 1 */
                x: components["parameters"]["x"];
                /** @description At most 2^z − 1 */
                y: components["parameters"]["y"];
            };
            cookie?: never;
        };
        /**
         * A vector tile of the basemap (Mapbox Vector Tile 2.1)
         * @description A tile never changes. When the basemap is replaced, its tiles have other URLs, and those of the one before are not found.
         */
        get: operations["getBasemapTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/measures": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * What was done in a time, in numbers
         * @description Counts what was first public, took place or was said in whole months that have ended, and is public now, by area and month. The page of the same says how each measure is defined, and has the list behind it.
         */
        get: operations["getMeasures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /** Counts by category, status, area and month */
        get: operations["getStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Where people live and nobody was heard
         * @description Of every cell that overlaps the district, and every other cell that counts a pin. Silence is not absence of need: of a silent cell nothing is known. Pins of sensitive categories are counted in cells of resolution 8. Where a query names none of them, they are set aside at 9; `hex_only` tells how many. By which channel somebody was heard is not told apart, since what is published does not have it.
         */
        get: operations["getCoverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/organisations/network": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Who works with whom
         * @description Organisations that take part in the same initiative, as its owner, as a partner or by an offer that it uses, and those of which one has taken up what the other offers. Organisations without a tie are left out.
         */
        get: operations["getNetwork"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/search": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Search things of all kinds
         * @description Public things that contain, for each word, a word that begins with it, with or without diacritics; those with the words
         *     in their title first, then the newest. Without words and kinds, the newest of what came of needs, such as
         *     diagnoses and initiatives. Pins that are published only in counts are not found.
         */
        get: operations["searchThings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/places": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Places and addresses that match a text
         * @description Case, diacritics, inflection, Ukrainian and Russian letters, words like "street" and single typing errors make no difference. Places that match better are first. For what somebody types, such as their address, use POST, which has the text in no URL.
         */
        get: operations["listPlaces"];
        put?: never;
        /**
         * Places and addresses that match a text, which is in no URL
         * @description It only reads, and does not count as adding a pin.
         */
        post: operations["searchPlaces"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/pins": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * Published pins, newest first, in pages
         * @description The link with rel `next` leads to the next page; the last page has none. Pins of `hex` categories are not listed; `hex_only` tells how many of them the same conditions count.
         */
        get: operations["listPins"];
        put?: never;
        /**
         * Add a pin
         * @description It is published at once or after moderation, as the district is configured. A pin of a `hex` category has no public page; the link with rel `private` leads to a page for its reporter.
         *     A request with a key is carried out once, however often it is sent within seven days, to whichever node: after a lost response or one with status 503, send the same request with the same key until there is another status. It has the response of the first time. A key that was used with another body is refused with status 422. A request without a key adds a pin each time.
         */
        post: operations["createPin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/pins/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /** A published pin */
        get: operations["getPin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/things/{id}/reports": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                /** @description Of a published thing of any kind, such as a pin or an office */
                id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report a published thing
         * @description For anybody, as article 16 of the Digital Services Act has it. A moderator decides. Whoever leaves an address receives a mail at once, in the language of the request (`Accept-Language`), and another one with the decision, its reason, and how to object. With a key, a request is carried out once, as one that adds a pin.
         */
        post: operations["createReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/things/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        /**
         * State of a thing of any kind, and what you may do with it
         * @description For whoever may act on it, such as the staff or the person who submitted it; to others it is not found.
         */
        get: operations["getThingState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/things/{id}/actions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Act on a thing of any kind
         * @description Takes one of the actions that the state of the thing offers you. A step may bring what the thing says from then on,
         *     as the reply to a recommendation does that of each paragraph, so that both happen, or neither. When somebody else has changed it meanwhile, the
         *     status is 412; when the action cannot be taken in its state, 409.
         */
        post: operations["actOnThing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/today": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        /**
         * What needs the caller today
         * @description For whoever has signed in with a role in the district, or is a contact of it: in each section, the first 5 things about which
         *     the caller can do something, the most urgent first, or 50 of one section. Days are those of the district.
         */
        get: operations["getToday"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/events/{id}/weighing": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                /** @description Of a public event whose themes are weighed */
                id: components["parameters"]["weighed"];
            };
            cookie?: never;
        };
        /**
         * How the themes of an event are weighed, and the result
         * @description The rules and the themes. The result, with how many took part, is there once the weighing has ended, and for nobody before.
         */
        get: operations["getWeighing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/districts/{district}/events/{id}/weighing/ballot": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                /** @description Of a public event whose themes are weighed */
                id: components["parameters"]["weighed"];
            };
            cookie?: never;
        };
        /**
         * One's own ballot
         * @description What whoever asks has given: a contact who has signed in, or else the browser with the cookie that the first ballot sets. Nobody else's ballot can be read.
         */
        get: operations["getBallot"];
        /**
         * Vote on the themes of an event
         * @description Replaces, as a whole, what whoever asks gave before, for which a client without a session keeps the cookie of the response. Whoever gives nothing to any theme has taken part as well. An objection needs a reason, once, which becomes a comment on the theme when a moderator has read it; with a key it is added once, however often the request is sent. Problems: 409 (`closed`) before and after the weighing; 422 for too many dots (`too_many`), for what is no theme of the event or is weighed in another way (`unknown`), for an objection without a reason (`missing`, of `reason-` with the number of the theme), and for a theme that is named twice (`repeated`).
         */
        put: operations["putBallot"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AreaSummary: {
            /** @description Slug */
            area: string;
            /** @description Null if unknown; there are no rates then */
            residents: number | null;
            period: components["schemas"]["Season"];
            compared_with: components["schemas"]["Season"];
            /** @description All needs, without those of `hex` categories, which are not compared */
            needs: components["schemas"]["SeasonComparison"];
            per_1000: components["schemas"]["Estimate"];
            district_per_1000: components["schemas"]["Estimate"];
            /** @description All categories, by kind and then by their number in the period */
            categories: {
                /** @description Slug */
                category: string;
                kind: components["schemas"]["Kind"];
                now: number;
                before: number;
                change: components["schemas"]["Change"];
                ratio: components["schemas"]["Estimate"];
                /** @description Of pins of `hex` categories, which are published in groups of people and months: those of groups that the period has wholly; null for others, and while the database is unavailable */
                at_least: number | null;
                /** @description Likewise: those of all groups that the period has a part of */
                together_with: number | null;
                /** @description Pins of the category in the area, whenever they were reported */
                ever: number;
                per_1000: components["schemas"]["Estimate"];
            }[];
            /** @description The 24 months up to the last of the period */
            months: {
                /** @description YYYY-MM */
                month: string;
                need: number;
                potential: number;
                organisation: number;
            }[];
            /** @description Where needs of the period are more frequent than chance would explain (Getis-Ord Gi*, see `hotspots`): of all categories together, without those that are counted in larger cells (`larger` of `hex_only`), then of the most frequent ones */
            clusters: {
                /** @description Slug; null for all together */
                category: string | null;
                /**
                 * @description enough, or the minimum of data that is not reached; there are no cells then
                 * @enum {string}
                 */
                minimum: "enough" | "few-cells" | "few-pins" | "few-cells-with-pins";
                /** @description H3 cells */
                cells: string[];
            }[];
            /** @description Who lives where there has never been a pin (see `coverage`); null where the population is unknown */
            unheard: {
                /** @description Of the cells whose centre is in the area */
                residents: number;
                unheard: number;
                /** @description Cells where they live */
                cells: number;
                /** @description Whether residents were spread evenly over cells */
                spread: boolean;
            } | null;
            hex_only: components["schemas"]["HexOnly"];
            provenance: components["schemas"]["Provenance"];
            links: components["schemas"]["Link"][];
        };
        Season: {
            /** @description First month */
            from: string;
            /** @description Last month, included */
            to: string;
            days: number;
        };
        SeasonComparison: {
            /** @description Number in the period */
            now: number;
            /** @description Number in the period that it is compared with */
            before: number;
            change: components["schemas"]["Change"];
            ratio: components["schemas"]["Estimate"];
        };
        /**
         * @description more, fewer: clearly, that is, the interval of the ratio does not contain 1; no_clear_difference; too_little_data: fewer than ten together; grouped: pins of `hex` categories are published in groups of people and months, so they are not compared and have no rate
         * @enum {string}
         */
        Change: "more" | "fewer" | "no_clear_difference" | "too_little_data" | "grouped";
        /** @description A value with its 95 % interval: per 1,000 residents in the period (exact, Garwood 1936), or the ratio of two counts a day (exact, conditional on their sum). A member is null where it is undefined or infinite; all is null where the population is unknown */
        Estimate: {
            value: number | null;
            low: number | null;
            high: number | null;
        } | null;
        Comparison: {
            /**
             * @description What is compared first; nothing if there is one group
             * @enum {string}
             */
            by: "area" | "category" | "period" | "nothing";
            /**
             * @description Rates and differences are for 1,000 residents; for a square kilometre where residents are not known of all; and for a year where the periods are not equally long
             * @enum {string}
             */
            unit: "residents" | "residents_year" | "km2" | "km2_year";
            /** @description Whether the periods have as many whole months or else days */
            equal_spans: boolean;
            /** @description False for periods of other months of the year, with which the season may have changed the counts */
            same_season: boolean;
            /** @description In the order of their beginnings */
            periods: components["schemas"]["ComparedPeriod"][];
            /** @description Those of the first period first */
            groups: components["schemas"]["ComparedGroup"][];
            comparisons: components["schemas"]["ComparedPair"][];
            /** @description What a comparison needs */
            minima: {
                /** @description Of both groups together */
                pins: number;
                /** @description Of each group, for rates per resident */
                residents: number;
            };
            /** @description Who counted the residents, and when; null if unknown */
            population: {
                /** Format: date */
                date: string | null;
                source: string | null;
            };
            hex_only: components["schemas"]["HexOnly"];
            provenance: components["schemas"]["Provenance"];
        };
        ComparedPeriod: {
            /**
             * Format: date
             * @description First day; null from the first pin on
             */
            from: string | null;
            /**
             * Format: date
             * @description Last day, included; null until today
             */
            to: string | null;
            /** @description Days of it that have passed */
            days: number;
            /** @description Whether all of it has passed */
            ended: boolean;
        };
        ComparedGroup: {
            /** @description Slug, where areas are compared */
            area: string | null;
            /** @description Slug, where categories are compared */
            category: string | null;
            /** @description Position in periods */
            period: number;
            /** @description Those that are compared, without those of `hex` categories */
            pins: number;
            /** @description Pins of `hex` categories, which are published in groups of people and months, so that they are never compared */
            hex_only: {
                /** @description As the map counts them */
                pins: number;
                /** @description Those of groups that the period has wholly */
                at_least: number;
                /** @description Those of all groups that the period has a part of */
                together_with: number;
            };
            /** @description Of the areas of the group; null if unknown */
            residents: number | null;
            /** @description Square kilometres of the same */
            km2: number;
            /** @description Pins for the unit, with the exact Poisson interval; null where there is none */
            rate: components["schemas"]["ComparedEstimate"] | null;
            /** @description Rank among the groups of the period, 1 for the highest rate, and between which ranks it is; null where there is no other */
            rank: {
                rank: number;
                low: number;
                high: number;
            } | null;
        };
        ComparedPair: {
            /** @description Position in groups: that of the later period where periods are compared */
            group: number;
            /** @description Position of the group that it is compared with */
            with: number;
            /**
             * @description More and fewer where the interval of the ratio does not contain 1; grouped where all pins of one of both are of `hex` categories
             * @enum {string}
             */
            result: "more" | "fewer" | "no_clear_difference" | "too_little_data" | "overlap" | "grouped";
            /** @description Rate of the group divided by the other, with its exact conditional interval */
            ratio: components["schemas"]["ComparedEstimate"];
            /** @description Rate of the group less the other, with the interval of Zou and Donner (2008) */
            difference: components["schemas"]["ComparedEstimate"];
        };
        /** @description A value and the limits of its interval of 95 %; null for what is not a finite number */
        ComparedEstimate: {
            value: number | null;
            low: number | null;
            high: number | null;
        };
        /** @description What is counted of the pins of `hex` categories, which are in no list. They are counted by kind, category, area and whole months that have ended, in groups of at least five people that take in neighbouring cells and months; a group is spread over its cells, and counts in the last of its months. Under any other condition (a status, days that are not whole months, words, a box) their counts are set aside. */
        HexOnly: {
            /** @description Such pins that are counted */
            total: number;
            /** @description Whether the conditions set the counts of some aside */
            set_aside: boolean;
            /** @description Only of a statistic by cell (hotspots, coverage, clusters): such pins that are not in its cells, since they are counted in larger ones only. Absent for none */
            larger?: number;
        };
        /** @enum {string} */
        Kind: "need" | "potential" | "organisation";
        /**
         * @description Progress of a need; potentials and organisations are `active`
         * @enum {string}
         */
        Status: "reported" | "under_diagnosis" | "diagnosed" | "in_action" | "met" | "verified" | "passed_on" | "not_possible" | "reopened" | "active";
        /** @description By language tag */
        Text: {
            [key: string]: string;
        };
        Link: {
            rel: string;
            /** @description URL, relative to that of the response */
            href: string;
            type?: string;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            errors?: {
                parameter?: string;
                field?: string;
                code?: string;
                detail: string;
            }[];
        };
        /** @description west, south, east, north; west is greater than east across the antimeridian (RFC 7946, section 5.2) */
        Box: number[];
        MultiPolygon: {
            /** @enum {string} */
            type: "MultiPolygon";
            coordinates: components["schemas"]["Position"][][][];
        };
        Point: {
            /** @enum {string} */
            type: "Point";
            coordinates: components["schemas"]["Position"];
        };
        Position: number[];
        WardCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            features: {
                /** @enum {string} */
                type: "Feature";
                id: string;
                bbox: components["schemas"]["Box"];
                geometry: components["schemas"]["MultiPolygon"];
                properties: {
                    /** @description The same for all boundaries of the ward */
                    slug: string;
                    /** @description As the council writes it; empty for none */
                    number: string;
                    /** @description In the default language of the district */
                    name: string;
                    names: components["schemas"]["Text"];
                    /** @description Of the boundary */
                    version: number;
                    /**
                     * Format: date
                     * @description First day of the boundary
                     */
                    valid_from: string;
                    /**
                     * Format: date
                     * @description First day on which it is no longer valid, if one is known
                     */
                    valid_until?: string;
                };
            }[];
        };
        Represents: {
            place: components["schemas"]["Position"];
            district: string;
            /** @description Null where there is none */
            ward: {
                slug: string;
                number: string;
                name: components["schemas"]["Text"];
                version: number;
                /** Format: date */
                valid_from: string;
                links: components["schemas"]["Link"][];
            } | null;
            /** @description The sub-area; null outside all of them */
            area: {
                slug: string;
                name: components["schemas"]["Text"];
            } | null;
            /** @description Those in office today, of the ward and then of the whole district */
            councillors: {
                /** Format: int64 */
                id: number;
                name: string;
                /** @description Slug; null for the whole district */
                ward: string | null;
                role: components["schemas"]["Text"];
                committees: components["schemas"]["Text"];
                hours: components["schemas"]["Text"];
                /** @description Empty for none */
                email: string;
                /** @description Empty for none */
                phone: string;
                /** @description Empty for none */
                website: string;
                links: components["schemas"]["Link"][];
            }[];
            /** @description At most three, the nearest first */
            offices: {
                /** Format: int64 */
                id: number;
                /** @description By name of the field */
                texts: {
                    [key: string]: components["schemas"]["Text"];
                };
                place: components["schemas"]["Position"];
                /** @description Metres in a straight line */
                distance: number;
                links: components["schemas"]["Link"][];
            }[];
            /** @description At most five, those adopted last first: about the sub-area, or about needs within 300 m of the place */
            resolutions: {
                /** Format: int64 */
                id: number;
                name: components["schemas"]["Text"];
                /** @description As the council writes it */
                number: string;
                /** Format: date */
                adopted_on: string;
                /** @description The nearest need that it concerns; null where it is about the sub-area alone */
                need: {
                    /** Format: int64 */
                    id: number;
                    title: string;
                    /** @description Metres from the place to where the need is shown */
                    distance: number;
                } | null;
                links: components["schemas"]["Link"][];
            }[];
            links: components["schemas"]["Link"][];
        };
        DistrictSummary: {
            slug: string;
            name: components["schemas"]["Text"];
            /** @description BCP 47 tags, the default first */
            languages: string[];
            bbox: components["schemas"]["Box"];
            /** @description All that are counted, those of `hex` categories from the month after their report */
            pins: number;
            links: components["schemas"]["Link"][];
        };
        District: {
            slug: string;
            name: components["schemas"]["Text"];
            /** @description BCP 47 tags, the default first */
            languages: string[];
            notice?: components["schemas"]["Text"];
            bbox: components["schemas"]["Box"];
            /** @description All that are counted, those of `hex` categories from the month after their report */
            pins: number;
            links: components["schemas"]["Link"][];
            time_zone: string;
            boundary: components["schemas"]["MultiPolygon"];
        };
        AreaCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            features: {
                /** @enum {string} */
                type: "Feature";
                id: string;
                bbox: components["schemas"]["Box"];
                geometry: components["schemas"]["MultiPolygon"];
                properties: {
                    slug: string;
                    /** @description In the default language of the district */
                    name: string;
                    names: components["schemas"]["Text"];
                    approximate: boolean;
                    residents?: number;
                    version: number;
                };
            }[];
        };
        Category: {
            slug: string;
            kind: components["schemas"]["Kind"];
            /** @enum {string} */
            visibility: "point" | "blurred" | "hex";
            colour: string;
            icon?: string;
            label: components["schemas"]["Text"];
            hint?: components["schemas"]["Text"];
        };
        Calendar: {
            numberReturned: number;
            entries: {
                /**
                 * Format: int64
                 * @description Of the event
                 */
                id: number;
                /**
                 * Format: date
                 * @description On which the series has it, by which it is known
                 */
                day: string;
                name: components["schemas"]["KindText"];
                type: string;
                /** Format: date-time */
                starts: string;
                /** Format: date-time */
                ends: string;
                cancelled: boolean;
                /** @description Slug */
                area: string | null;
                /** @description Null for any number */
                places: number | null;
                free: number | null;
                links: components["schemas"]["Link"][];
            }[];
        };
        FigureComparison: {
            frozen: components["schemas"]["Figures"];
            /** @description Null if the question has no answer any more, as when a category was removed */
            now: components["schemas"]["Figures"] | null;
            /** @description Whether the same pins were counted, by their fingerprints */
            same_data: boolean;
            /** @description Whether the versions of the boundaries are the same */
            same_boundaries: boolean;
            same_method: boolean;
            /** @description Whether all numbers are the same */
            identical: boolean;
        };
        Figures: {
            /** @description The parameters of the filter, and the cell, as a query */
            question: string;
            /** Format: date */
            computed_on: string;
            total: number;
            areas: {
                /** @description Slug; null for what is outside all areas */
                area: string | null;
                /** @description As it was, by language */
                name: {
                    [key: string]: string;
                } | null;
                total: number;
            }[];
            /** @description Categories that have pins, or that the question names */
            categories: {
                /** @description Slug */
                category: string;
                /** @enum {string} */
                kind: "need" | "potential" | "organisation";
                /** @description As it was, by language */
                name: {
                    [key: string]: string;
                };
                total: number;
                /** @description In the order of the areas */
                by_area: number[];
            }[];
            /** @description What is counted of pins that are published only in counts */
            hex_only: {
                total: number;
                /** @description Whether the question sets the counts of some aside */
                set_aside: boolean;
                /** @description Of what is published, of the months of the question for certain */
                at_least: number;
                /** @description The same together with other months */
                together_with: number;
            };
            /** @description What the statistic says of the cell of the question; null without one */
            hotspot: {
                h3: string;
                /** @enum {string} */
                class: "undefined" | "not-significant" | "hot" | "very-hot" | "cold";
                /** @description enough, or why no test was made */
                minimum: string;
                /** @description Pins in the cell */
                value: number;
                /** @description With those in its neighbours */
                sum: number;
                expected: number | null;
                z: number | null;
                p: number | null;
                provenance: components["schemas"]["Provenance"];
            } | null;
            /** @description Hash of the pins that were counted, which is the same for the same pins on every server */
            fingerprint: string;
            provenance: components["schemas"]["Provenance"];
        };
        /** @description Figures that are not defined are null */
        HotspotTrend: {
            h3: string;
            /**
             * @description rising, falling: p ≤ 0.05; undefined: a minimum is not reached
             * @enum {string}
             */
            direction: "undefined" | "no-clear-trend" | "rising" | "falling";
            /** @description Least numbers for which a trend is tested */
            minima: {
                months: number;
                needs: number;
            };
            /** @description Pairs of months that rise, less those that fall */
            s: number;
            /** @description Kendall's tau-b, -1 to 1 */
            tau: number | null;
            /** @description Standard deviate of s, with correction for continuity and ties */
            z: number | null;
            /** @description Two-sided */
            p: number | null;
            /** @description Consecutive */
            months: {
                /** @description YYYY-MM */
                month: string;
                needs: number;
            }[];
            /** @description Whether the query selects categories of needs that are left out */
            hex_only_left_out: boolean;
            provenance: components["schemas"]["Provenance"];
        };
        HotspotHead: {
            /**
             * @description The first of the minima that is not reached, or `enough`
             * @enum {string}
             */
            minimum: "enough" | "few-cells" | "few-pins" | "few-cells-with-pins";
            /** @description Least numbers for which the statistic is computed */
            minima: {
                cells: number;
                pins: number;
                cells_with_pins: number;
            };
            cells_with_pins: number;
            permutations: number;
            /** Format: int64 */
            seed: number;
            hex_only: components["schemas"]["HexOnly"];
            /** @description Whether the cells that are hot or cold are so in other computations, each of which is null where it was not made. Null without permutations */
            stability: {
                /** @description The parent, one resolution coarser */
                coarser: components["schemas"]["HotspotCheck"] | null;
                /** @description A child, one resolution finer */
                finer: components["schemas"]["HotspotCheck"] | null;
                /** @description The cell, whichever month is left out */
                without_month: components["schemas"]["HotspotCheck"] | null;
                /** @description The p by permutation, and the neighbours without the cell itself */
                permutation: components["schemas"]["HotspotCheck"] | null;
            } | null;
            provenance: components["schemas"]["Provenance"];
        };
        HotspotCheck: {
            /** @description Cells that were compared */
            checked: number;
            /** @description Those that are not confirmed */
            lost: string[];
        };
        Hotspots: components["schemas"]["HotspotHead"] & {
            cells: components["schemas"]["Hotspot"][];
        };
        HotspotCollection: components["schemas"]["HotspotHead"] & {
            /** @enum {string} */
            type: "FeatureCollection";
            features: {
                /** @enum {string} */
                type: "Feature";
                id: string;
                /** @description A MultiPolygon where the antimeridian cuts the cell (RFC 7946, section 3.1.9) */
                geometry: components["schemas"]["Polygon"] | components["schemas"]["MultiPolygon"];
                properties: components["schemas"]["Hotspot"];
            }[];
        };
        /** @description Figures that are not defined are null */
        Hotspot: {
            h3: string;
            /** @description Pins in the cell */
            value: number;
            /** @description Pins in the cell and its neighbours */
            sum: number;
            /** @description 6, fewer at the border */
            neighbours: number;
            /** @description The sum, if pins were spread at random */
            expected: number | null;
            /** @description Gi*, the standard deviate of the sum */
            z: number | null;
            /** @description Two-sided; the greater of that of z and of that of pins at random (binomial) */
            p: number | null;
            /** @description p corrected for all cells */
            q: number | null;
            /** @description Two-sided, by conditional permutation; null without permutations */
            permutation_p: number | null;
            /**
             * @description hot: q ≤ 0.05, more than expected; very-hot: q ≤ 0.01; cold: q ≤ 0.05, less than expected
             * @enum {string}
             */
            class: "undefined" | "not-significant" | "hot" | "very-hot" | "cold";
        };
        /** @enum {string} */
        SearchedKind: "pin" | "office" | "diagnosis" | "initiative" | "organisation" | "recommendation" | "councillor" | "resolution" | "ask" | "offer" | "event" | "practice" | "programme" | "practicum" | "answer" | "idea" | "theme" | "group";
        /** @enum {string} */
        ThingActionName: "publish" | "hide" | "merge" | "withdraw" | "restore" | "begin_diagnosis" | "end_diagnosis" | "begin_action" | "meet" | "verify" | "pass_on" | "refuse" | "reopen" | "close" | "plan" | "seek_support" | "start" | "complete" | "evaluate" | "abandon" | "hold" | "cancel" | "open_enrolment" | "select" | "reserve" | "decline" | "graduate" | "leave" | "resume" | "still_true" | "unverify" | "consult" | "adopt" | "send" | "accept_reply" | "accept_in_part" | "reject" | "execute" | "lapse" | "end_term" | "link" | "unlink" | "edit" | "redact" | "move" | "recategorise" | "undo" | "ask" | "answer" | "post_update" | "note" | "advise" | "consent" | "dissent";
        /** @description Needed by hide, pass_on, refuse, close, abandon, cancel, select, reserve, decline, accept_in_part, reject, lapse; whoever is concerned is told */
        ThingReason: string;
        /** @description A text by language of the district */
        KindText: {
            [key: string]: string;
        };
        /** @description Ids of things */
        KindLinks: number[];
        NewOffice: {
            name: components["schemas"]["KindText"];
            purpose?: components["schemas"]["KindText"];
            hours?: components["schemas"]["KindText"];
            address?: components["schemas"]["KindText"];
            lon: number;
            lat: number;
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Office: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "office";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                name: components["schemas"]["KindText"];
                purpose?: components["schemas"]["KindText"];
                hours?: components["schemas"]["KindText"];
                address?: components["schemas"]["KindText"];
            };
            links: components["schemas"]["Link"][];
        };
        OfficeCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Office"][];
            links: components["schemas"]["Link"][];
        };
        NewDiagnosis: {
            name: components["schemas"]["KindText"];
            finding: components["schemas"]["KindText"];
            limits?: components["schemas"]["KindText"];
            /** @description Slug of the area in which it is */
            area?: string | null;
            /** @description Slugs */
            categories?: string[];
            /** @description The parameters of a filter of pins, such as kind=need&area=west, and a cell; figures are computed from it */
            question?: string;
            evidence?: components["schemas"]["KindLinks"];
            serves?: components["schemas"]["KindLinks"];
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Diagnosis: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "diagnosis";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                name: components["schemas"]["KindText"];
                finding?: components["schemas"]["KindText"];
                limits?: components["schemas"]["KindText"];
                /** @description Slugs */
                categories?: string[];
                /** @description The parameters of a filter of pins, such as kind=need&area=west, and a cell; figures are computed from it */
                question?: string;
                /** @description Figures as they were, which the program has computed */
                figures?: {
                    [key: string]: unknown;
                } | null;
                evidence?: components["schemas"]["KindLinks"];
                serves?: components["schemas"]["KindLinks"];
            };
            links: components["schemas"]["Link"][];
        };
        DiagnosisCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Diagnosis"][];
            links: components["schemas"]["Link"][];
        };
        NewInitiative: {
            name: components["schemas"]["KindText"];
            summary: components["schemas"]["KindText"];
            /** @description Slug of the area in which it is */
            area?: string | null;
            /** @description Slugs */
            categories?: string[];
            /** @description A day, such as 2026-11-27, or an empty text */
            begins?: string;
            /** @description A day, such as 2026-11-27, or an empty text */
            ends?: string;
            tasks?: {
                task?: components["schemas"]["KindText"];
                /** @description A day, such as 2026-11-27, or an empty text */
                due?: string;
                /** @enum {string} */
                done?: "" | "no" | "yes";
            }[];
            outcome?: components["schemas"]["KindText"];
            answers?: components["schemas"]["KindLinks"];
            uses?: components["schemas"]["KindLinks"];
            partners?: components["schemas"]["KindLinks"];
            lon?: number;
            lat?: number;
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Initiative: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "initiative";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                name: components["schemas"]["KindText"];
                summary?: components["schemas"]["KindText"];
                /** @description Slugs */
                categories?: string[];
                /** @description A day, such as 2026-11-27, or an empty text */
                begins?: string;
                /** @description A day, such as 2026-11-27, or an empty text */
                ends?: string;
                tasks?: {
                    task?: components["schemas"]["KindText"];
                    /** @description A day, such as 2026-11-27, or an empty text */
                    due?: string;
                    /** @enum {string} */
                    done?: "" | "no" | "yes";
                }[];
                outcome?: components["schemas"]["KindText"];
                answers?: components["schemas"]["KindLinks"];
                uses?: components["schemas"]["KindLinks"];
                partners?: components["schemas"]["KindLinks"];
            };
            links: components["schemas"]["Link"][];
        };
        InitiativeCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Initiative"][];
            links: components["schemas"]["Link"][];
        };
        NewOrganisation: {
            name: components["schemas"]["KindText"];
            about: components["schemas"]["KindText"];
            offers?: components["schemas"]["KindText"];
            seeks?: components["schemas"]["KindText"];
            /** @description Slugs */
            areas?: string[];
            /** @description Slugs */
            categories?: string[];
            website?: string;
            /** @description An e-mail address, or an empty text */
            email?: string;
            /** @description A telephone number, or an empty text */
            phone?: string;
            pin?: components["schemas"]["KindLinks"];
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Organisation: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "organisation";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                /** @description The day on which what it says was last written or confirmed */
                confirmed?: string | null;
                name: components["schemas"]["KindText"];
                about?: components["schemas"]["KindText"];
                offers?: components["schemas"]["KindText"];
                seeks?: components["schemas"]["KindText"];
                /** @description Slugs */
                areas?: string[];
                /** @description Slugs */
                categories?: string[];
                website?: string;
                /** @description An e-mail address, or an empty text */
                email?: string;
                /** @description A telephone number, or an empty text */
                phone?: string;
                pin?: components["schemas"]["KindLinks"];
            };
            links: components["schemas"]["Link"][];
        };
        OrganisationCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Organisation"][];
            links: components["schemas"]["Link"][];
        };
        NewRecommendation: {
            name: components["schemas"]["KindText"];
            addressee: components["schemas"]["KindText"];
            paragraphs: {
                text?: components["schemas"]["KindText"];
                /** @enum {string} */
                reply?: "" | "accepted" | "in_part" | "rejected";
                reasons?: components["schemas"]["KindText"];
            }[];
            /** @description Slug of the area in which it is */
            area?: string | null;
            /** @description Slugs */
            categories?: string[];
            /** @description A day, such as 2026-11-27, or an empty text */
            deadline?: string;
            dissent?: {
                who?: components["schemas"]["KindText"];
                text?: components["schemas"]["KindText"];
                /** @description A day, such as 2026-11-27, or an empty text */
                signed_on?: string;
            }[];
            steps?: {
                step?: components["schemas"]["KindText"];
                /** @description A day, such as 2026-11-27, or an empty text */
                due?: string;
                /** @enum {string} */
                done?: "" | "no" | "yes";
            }[];
            /** @description The parameters of a filter of pins, such as kind=need&area=west, and a cell; figures are computed from it */
            question?: string;
            answers?: components["schemas"]["KindLinks"];
            led_to?: components["schemas"]["KindLinks"];
            rests_on?: components["schemas"]["KindLinks"];
            group?: components["schemas"]["KindLinks"];
            lon?: number;
            lat?: number;
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Recommendation: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "recommendation";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                name: components["schemas"]["KindText"];
                addressee?: components["schemas"]["KindText"];
                paragraphs?: {
                    text?: components["schemas"]["KindText"];
                    /** @enum {string} */
                    reply?: "" | "accepted" | "in_part" | "rejected";
                    reasons?: components["schemas"]["KindText"];
                }[];
                /** @description Slugs */
                categories?: string[];
                /** @description A day, such as 2026-11-27, or an empty text */
                deadline?: string;
                dissent?: {
                    who?: components["schemas"]["KindText"];
                    text?: components["schemas"]["KindText"];
                    /** @description A day, such as 2026-11-27, or an empty text */
                    signed_on?: string;
                }[];
                steps?: {
                    step?: components["schemas"]["KindText"];
                    /** @description A day, such as 2026-11-27, or an empty text */
                    due?: string;
                    /** @enum {string} */
                    done?: "" | "no" | "yes";
                }[];
                /** @description The parameters of a filter of pins, such as kind=need&area=west, and a cell; figures are computed from it */
                question?: string;
                /** @description Figures as they were, which the program has computed */
                figures?: {
                    [key: string]: unknown;
                } | null;
                /** @description A day, such as 2026-11-27, or an empty text */
                sent_on?: string;
                reply_days?: string;
                /** @description A day, such as 2026-11-27, or an empty text */
                replied_on?: string;
                /** @enum {string} */
                outcome?: "" | "accepted" | "in_part" | "rejected";
                answers?: components["schemas"]["KindLinks"];
                led_to?: components["schemas"]["KindLinks"];
                rests_on?: components["schemas"]["KindLinks"];
                group?: components["schemas"]["KindLinks"];
            };
            links: components["schemas"]["Link"][];
        };
        RecommendationCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Recommendation"][];
            links: components["schemas"]["Link"][];
        };
        NewCouncillor: {
            name: string;
            /** @description Slug of a ward, or an empty text */
            ward?: string;
            role?: components["schemas"]["KindText"];
            committees?: components["schemas"]["KindText"];
            hours?: components["schemas"]["KindText"];
            /** @description An e-mail address, or an empty text */
            email?: string;
            /** @description A telephone number, or an empty text */
            phone?: string;
            website?: string;
            /** @description A day, such as 2026-11-27, or an empty text */
            from?: string;
            /** @description A day, such as 2026-11-27, or an empty text */
            until?: string;
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Councillor: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "councillor";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                name: string;
                /** @description Slug of a ward, or an empty text */
                ward?: string;
                role?: components["schemas"]["KindText"];
                committees?: components["schemas"]["KindText"];
                hours?: components["schemas"]["KindText"];
                /** @description An e-mail address, or an empty text */
                email?: string;
                /** @description A telephone number, or an empty text */
                phone?: string;
                website?: string;
                /** @description A day, such as 2026-11-27, or an empty text */
                from?: string;
                /** @description A day, such as 2026-11-27, or an empty text */
                until?: string;
            };
            links: components["schemas"]["Link"][];
        };
        CouncillorCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Councillor"][];
            links: components["schemas"]["Link"][];
        };
        NewResolution: {
            name: components["schemas"]["KindText"];
            number: string;
            /** @description A day, such as 2026-11-27, or an empty text */
            adopted_on: string;
            summary?: components["schemas"]["KindText"];
            /** @description Slugs */
            areas?: string[];
            /** @description Slugs */
            categories?: string[];
            website?: string;
            answers?: components["schemas"]["KindLinks"];
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Resolution: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "resolution";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                name: components["schemas"]["KindText"];
                number?: string;
                /** @description A day, such as 2026-11-27, or an empty text */
                adopted_on?: string;
                summary?: components["schemas"]["KindText"];
                /** @description Slugs */
                areas?: string[];
                /** @description Slugs */
                categories?: string[];
                website?: string;
                answers?: components["schemas"]["KindLinks"];
            };
            links: components["schemas"]["Link"][];
        };
        ResolutionCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Resolution"][];
            links: components["schemas"]["Link"][];
        };
        NewAsk: {
            name: components["schemas"]["KindText"];
            /** @enum {string} */
            what: "" | "room" | "people" | "tool" | "skill" | "material" | "money" | "transport" | "other";
            details?: components["schemas"]["KindText"];
            /** @description Slugs */
            categories?: string[];
            /** @description A day, such as 2026-11-27, or an empty text */
            from?: string;
            /** @description A day, such as 2026-11-27, or an empty text */
            until?: string;
            for?: components["schemas"]["KindLinks"];
            met_by?: components["schemas"]["KindLinks"];
            lon?: number;
            lat?: number;
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Ask: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "ask";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                /** @description The day on which what it says was last written or confirmed */
                confirmed?: string | null;
                name: components["schemas"]["KindText"];
                /** @enum {string} */
                what?: "" | "room" | "people" | "tool" | "skill" | "material" | "money" | "transport" | "other";
                details?: components["schemas"]["KindText"];
                /** @description Slugs */
                categories?: string[];
                /** @description A day, such as 2026-11-27, or an empty text */
                from?: string;
                /** @description A day, such as 2026-11-27, or an empty text */
                until?: string;
                for?: components["schemas"]["KindLinks"];
                met_by?: components["schemas"]["KindLinks"];
            };
            links: components["schemas"]["Link"][];
        };
        AskCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Ask"][];
            links: components["schemas"]["Link"][];
        };
        NewOffer: {
            name: components["schemas"]["KindText"];
            /** @enum {string} */
            what: "" | "room" | "people" | "tool" | "skill" | "material" | "money" | "transport" | "other";
            details?: components["schemas"]["KindText"];
            /** @description Slugs */
            categories?: string[];
            /** @description A day, such as 2026-11-27, or an empty text */
            from?: string;
            /** @description A day, such as 2026-11-27, or an empty text */
            until?: string;
            by?: components["schemas"]["KindLinks"];
            lon?: number;
            lat?: number;
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Offer: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "offer";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                /** @description The day on which what it says was last written or confirmed */
                confirmed?: string | null;
                name: components["schemas"]["KindText"];
                /** @enum {string} */
                what?: "" | "room" | "people" | "tool" | "skill" | "material" | "money" | "transport" | "other";
                details?: components["schemas"]["KindText"];
                /** @description Slugs */
                categories?: string[];
                /** @description A day, such as 2026-11-27, or an empty text */
                from?: string;
                /** @description A day, such as 2026-11-27, or an empty text */
                until?: string;
                by?: components["schemas"]["KindLinks"];
            };
            links: components["schemas"]["Link"][];
        };
        OfferCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Offer"][];
            links: components["schemas"]["Link"][];
        };
        NewComment: {
            text: string;
            author?: string;
            paragraph?: string;
            answer?: components["schemas"]["KindText"];
            on?: components["schemas"]["KindLinks"];
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Comment: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "comment";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                text: string;
                author?: string;
                paragraph?: string;
                answer?: components["schemas"]["KindText"];
                on?: components["schemas"]["KindLinks"];
            };
            links: components["schemas"]["Link"][];
        };
        CommentCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Comment"][];
            links: components["schemas"]["Link"][];
        };
        NewEvent: {
            name: components["schemas"]["KindText"];
            /** @enum {string} */
            type: "" | "integration" | "debate" | "workshop" | "meeting" | "session" | "duty" | "walk";
            topic?: components["schemas"]["KindText"];
            summary?: components["schemas"]["KindText"];
            /** @description A day and a time by the clocks of the district, such as 2026-12-05T18:00, or an empty text */
            starts: string;
            /** @description A day and a time by the clocks of the district, such as 2026-12-05T18:00, or an empty text */
            ends: string;
            /** @enum {string} */
            every?: "" | "day" | "week" | "two_weeks" | "month_day" | "month_weekday";
            /** @description A day, such as 2026-11-27, or an empty text */
            until?: string;
            occurrences?: {
                /** @description A day, such as 2026-11-27, or an empty text */
                day?: string;
                /** @enum {string} */
                change?: "" | "as_planned" | "cancelled" | "moved";
                /** @description A day and a time by the clocks of the district, such as 2026-12-05T18:00, or an empty text */
                starts?: string;
                /** @description A day and a time by the clocks of the district, such as 2026-12-05T18:00, or an empty text */
                ends?: string;
                note?: components["schemas"]["KindText"];
                /** @description A whole number, such as 30, or an empty text */
                attendance?: string;
                minutes?: components["schemas"]["KindText"];
            }[];
            address?: components["schemas"]["KindText"];
            online?: string;
            /** @description Slug of the area in which it is */
            area?: string | null;
            /** @description Slugs */
            categories?: string[];
            /** @enum {string} */
            registration?: "" | "none" | "needed";
            /** @description A whole number, such as 30, or an empty text */
            capacity?: string;
            accessibility?: ("step_free" | "induction_loop" | "sign_language" | "child_care" | "interpreting")[];
            access_note?: components["schemas"]["KindText"];
            agenda?: components["schemas"]["KindText"];
            minutes?: components["schemas"]["KindText"];
            /** @description A whole number, such as 30, or an empty text */
            attendance?: string;
            /** @enum {string} */
            weighing?: "" | "dots" | "consent";
            /** @description A whole number, such as 30, or an empty text */
            dots?: string;
            /** @description A day and a time by the clocks of the district, such as 2026-12-05T18:00, or an empty text */
            weighing_from?: string;
            /** @description A day and a time by the clocks of the district, such as 2026-12-05T18:00, or an empty text */
            weighing_until?: string;
            /** @description A whole number, such as 30, or an empty text */
            weighing_room?: string;
            /** @description The parameters of a filter of pins, such as kind=need&area=west, and a cell; figures are computed from it */
            question?: string;
            about?: components["schemas"]["KindLinks"];
            organisers?: components["schemas"]["KindLinks"];
            uses?: components["schemas"]["KindLinks"];
            programme?: components["schemas"]["KindLinks"];
            led_to?: components["schemas"]["KindLinks"];
            group?: components["schemas"]["KindLinks"];
            lon?: number;
            lat?: number;
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Event: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "event";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                name: components["schemas"]["KindText"];
                /** @enum {string} */
                type?: "" | "integration" | "debate" | "workshop" | "meeting" | "session" | "duty" | "walk";
                topic?: components["schemas"]["KindText"];
                summary?: components["schemas"]["KindText"];
                /** @description A day and a time by the clocks of the district, such as 2026-12-05T18:00, or an empty text */
                starts?: string;
                /** @description A day and a time by the clocks of the district, such as 2026-12-05T18:00, or an empty text */
                ends?: string;
                /** @enum {string} */
                every?: "" | "day" | "week" | "two_weeks" | "month_day" | "month_weekday";
                /** @description A day, such as 2026-11-27, or an empty text */
                until?: string;
                occurrences?: {
                    /** @description A day, such as 2026-11-27, or an empty text */
                    day?: string;
                    /** @enum {string} */
                    change?: "" | "as_planned" | "cancelled" | "moved";
                    /** @description A day and a time by the clocks of the district, such as 2026-12-05T18:00, or an empty text */
                    starts?: string;
                    /** @description A day and a time by the clocks of the district, such as 2026-12-05T18:00, or an empty text */
                    ends?: string;
                    note?: components["schemas"]["KindText"];
                    /** @description A whole number, such as 30, or an empty text */
                    attendance?: string;
                    minutes?: components["schemas"]["KindText"];
                }[];
                address?: components["schemas"]["KindText"];
                online?: string;
                /** @description Slugs */
                categories?: string[];
                /** @enum {string} */
                registration?: "" | "none" | "needed";
                /** @description A whole number, such as 30, or an empty text */
                capacity?: string;
                accessibility?: ("step_free" | "induction_loop" | "sign_language" | "child_care" | "interpreting")[];
                access_note?: components["schemas"]["KindText"];
                agenda?: components["schemas"]["KindText"];
                minutes?: components["schemas"]["KindText"];
                /** @description A whole number, such as 30, or an empty text */
                attendance?: string;
                /** @enum {string} */
                weighing?: "" | "dots" | "consent";
                /** @description A whole number, such as 30, or an empty text */
                dots?: string;
                /** @description A day and a time by the clocks of the district, such as 2026-12-05T18:00, or an empty text */
                weighing_from?: string;
                /** @description A day and a time by the clocks of the district, such as 2026-12-05T18:00, or an empty text */
                weighing_until?: string;
                /** @description A whole number, such as 30, or an empty text */
                weighing_room?: string;
                /** @description The parameters of a filter of pins, such as kind=need&area=west, and a cell; figures are computed from it */
                question?: string;
                /** @description Figures as they were, which the program has computed */
                figures?: {
                    [key: string]: unknown;
                } | null;
                about?: components["schemas"]["KindLinks"];
                organisers?: components["schemas"]["KindLinks"];
                uses?: components["schemas"]["KindLinks"];
                programme?: components["schemas"]["KindLinks"];
                led_to?: components["schemas"]["KindLinks"];
                group?: components["schemas"]["KindLinks"];
            };
            links: components["schemas"]["Link"][];
        };
        EventCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Event"][];
            links: components["schemas"]["Link"][];
        };
        NewPractice: {
            name: components["schemas"]["KindText"];
            article: components["schemas"]["KindText"];
            origin?: components["schemas"]["KindText"];
            source?: string;
            /** @enum {string} */
            cost?: "" | "none" | "low" | "medium" | "high";
            cost_note?: components["schemas"]["KindText"];
            needs?: components["schemas"]["KindText"];
            conditions?: components["schemas"]["KindText"];
            effect?: components["schemas"]["KindText"];
            /** @description Slugs */
            categories?: string[];
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Practice: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "practice";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                name: components["schemas"]["KindText"];
                article?: components["schemas"]["KindText"];
                origin?: components["schemas"]["KindText"];
                source?: string;
                /** @enum {string} */
                cost?: "" | "none" | "low" | "medium" | "high";
                cost_note?: components["schemas"]["KindText"];
                needs?: components["schemas"]["KindText"];
                conditions?: components["schemas"]["KindText"];
                effect?: components["schemas"]["KindText"];
                /** @description Slugs */
                categories?: string[];
            };
            links: components["schemas"]["Link"][];
        };
        PracticeCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Practice"][];
            links: components["schemas"]["Link"][];
        };
        NewProgramme: {
            name: components["schemas"]["KindText"];
            about: components["schemas"]["KindText"];
            criteria: components["schemas"]["KindText"];
            /** @description A whole number, such as 30, or an empty text */
            places: string;
            /** @description A day, such as 2026-11-27, or an empty text */
            enrol_from?: string;
            /** @description A day, such as 2026-11-27, or an empty text */
            enrol_until: string;
            /** @description A day, such as 2026-11-27, or an empty text */
            begins?: string;
            /** @description A day, such as 2026-11-27, or an empty text */
            ends?: string;
            /** @description A whole number, such as 30, or an empty text */
            attendance_needed?: string;
            materials?: {
                name?: components["schemas"]["KindText"];
                address?: string;
            }[];
            /** @description Slugs */
            categories?: string[];
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Programme: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "programme";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                name: components["schemas"]["KindText"];
                about?: components["schemas"]["KindText"];
                criteria?: components["schemas"]["KindText"];
                /** @description A whole number, such as 30, or an empty text */
                places?: string;
                /** @description A day, such as 2026-11-27, or an empty text */
                enrol_from?: string;
                /** @description A day, such as 2026-11-27, or an empty text */
                enrol_until?: string;
                /** @description A day, such as 2026-11-27, or an empty text */
                begins?: string;
                /** @description A day, such as 2026-11-27, or an empty text */
                ends?: string;
                /** @description A whole number, such as 30, or an empty text */
                attendance_needed?: string;
                materials?: {
                    name?: components["schemas"]["KindText"];
                    address?: string;
                }[];
                /** @description Slugs */
                categories?: string[];
            };
            links: components["schemas"]["Link"][];
        };
        ProgrammeCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Programme"][];
            links: components["schemas"]["Link"][];
        };
        NewEnrolment: {
            name: string;
            motivation: string;
            answers: string;
            /** @enum {string} */
            named?: "" | "no" | "yes";
            programme?: components["schemas"]["KindLinks"];
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Enrolment: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "enrolment";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                name: string;
                motivation?: string;
                answers?: string;
                /** @enum {string} */
                named?: "" | "no" | "yes";
                number?: string;
                /** @description A day, such as 2026-11-27, or an empty text */
                graduated_on?: string;
                programme?: components["schemas"]["KindLinks"];
            };
            links: components["schemas"]["Link"][];
        };
        EnrolmentCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Enrolment"][];
            links: components["schemas"]["Link"][];
        };
        NewPracticum: {
            name: components["schemas"]["KindText"];
            summary: components["schemas"]["KindText"];
            /** @description Slug of the area in which it is */
            area?: string | null;
            /** @description Slugs */
            categories?: string[];
            /** @description A day, such as 2026-11-27, or an empty text */
            begins?: string;
            /** @description A day, such as 2026-11-27, or an empty text */
            ends?: string;
            tasks?: {
                task?: components["schemas"]["KindText"];
                /** @description A day, such as 2026-11-27, or an empty text */
                due?: string;
                /** @enum {string} */
                done?: "" | "no" | "yes";
            }[];
            outcome?: components["schemas"]["KindText"];
            programme?: components["schemas"]["KindLinks"];
            answers?: components["schemas"]["KindLinks"];
            uses?: components["schemas"]["KindLinks"];
            partners?: components["schemas"]["KindLinks"];
            lon?: number;
            lat?: number;
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Practicum: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "practicum";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                name: components["schemas"]["KindText"];
                summary?: components["schemas"]["KindText"];
                /** @description Slugs */
                categories?: string[];
                /** @description A day, such as 2026-11-27, or an empty text */
                begins?: string;
                /** @description A day, such as 2026-11-27, or an empty text */
                ends?: string;
                tasks?: {
                    task?: components["schemas"]["KindText"];
                    /** @description A day, such as 2026-11-27, or an empty text */
                    due?: string;
                    /** @enum {string} */
                    done?: "" | "no" | "yes";
                }[];
                outcome?: components["schemas"]["KindText"];
                programme?: components["schemas"]["KindLinks"];
                answers?: components["schemas"]["KindLinks"];
                uses?: components["schemas"]["KindLinks"];
                partners?: components["schemas"]["KindLinks"];
            };
            links: components["schemas"]["Link"][];
        };
        PracticumCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Practicum"][];
            links: components["schemas"]["Link"][];
        };
        NewAdvice: {
            question: string;
            /** @description Slug of a topic of advice, or an empty text */
            topic?: string;
            /** @enum {string} */
            who?: "" | "resident" | "group" | "organisation";
            /** @description Slug of the area in which it is */
            area?: string | null;
            /** @description An area or a line as GeoJSON in a text, or corners, one on a line, as latitude and longitude; or an empty text */
            outline?: string;
            /** @enum {string} */
            wants_publication?: "" | "no" | "yes";
            /** @enum {string} */
            evaluation?: "" | "helped" | "partly" | "not";
            lon?: number;
            lat?: number;
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Advice: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "advice";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                question: string;
                /** @description Slug of a topic of advice, or an empty text */
                topic?: string;
                /** @enum {string} */
                who?: "" | "resident" | "group" | "organisation";
                /** @description An area or a line as GeoJSON in a text, or corners, one on a line, as latitude and longitude; or an empty text */
                outline?: string;
                /** @enum {string} */
                wants_publication?: "" | "no" | "yes";
                /** @description A day, such as 2026-11-27, or an empty text */
                due?: string;
                /** @enum {string} */
                evaluation?: "" | "helped" | "partly" | "not";
            };
            links: components["schemas"]["Link"][];
        };
        AdviceCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Advice"][];
            links: components["schemas"]["Link"][];
        };
        NewAnswer: {
            question: components["schemas"]["KindText"];
            answer: components["schemas"]["KindText"];
            /** @description Slug of a topic of advice, or an empty text */
            topic?: string;
            /** @description Slug of the area in which it is */
            area?: string | null;
            /** @enum {string} */
            coarseness?: "" | "neighbourhood" | "part";
            lon?: number;
            lat?: number;
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Answer: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "answer";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                question: components["schemas"]["KindText"];
                answer?: components["schemas"]["KindText"];
                /** @description Slug of a topic of advice, or an empty text */
                topic?: string;
                /** @enum {string} */
                coarseness?: "" | "neighbourhood" | "part";
            };
            links: components["schemas"]["Link"][];
        };
        AnswerCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Answer"][];
            links: components["schemas"]["Link"][];
        };
        NewIdea: {
            text: string;
            author?: string;
            /** @enum {string} */
            source?: "" | "room" | "paper" | "online";
            sheet?: string;
            /** @description Slug of the area in which it is */
            area?: string | null;
            /** @description Slugs */
            categories?: string[];
            at?: components["schemas"]["KindLinks"];
            lon?: number;
            lat?: number;
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Idea: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "idea";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                text: string;
                author?: string;
                /** @enum {string} */
                source?: "" | "room" | "paper" | "online";
                sheet?: string;
                /** @description Slugs */
                categories?: string[];
                at?: components["schemas"]["KindLinks"];
            };
            links: components["schemas"]["Link"][];
        };
        IdeaCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Idea"][];
            links: components["schemas"]["Link"][];
        };
        NewTheme: {
            name: components["schemas"]["KindText"];
            summary?: components["schemas"]["KindText"];
            /** @description Slug of the area in which it is */
            area?: string | null;
            /** @description Slugs */
            categories?: string[];
            /** @description A whole number, such as 30, or an empty text */
            room_dots?: string;
            /** @description A whole number, such as 30, or an empty text */
            room_agree?: string;
            /** @description A whole number, such as 30, or an empty text */
            room_aside?: string;
            /** @description A whole number, such as 30, or an empty text */
            room_object?: string;
            at?: components["schemas"]["KindLinks"];
            ideas?: components["schemas"]["KindLinks"];
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Theme: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "theme";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                name: components["schemas"]["KindText"];
                summary?: components["schemas"]["KindText"];
                /** @description Slugs */
                categories?: string[];
                /** @description A whole number, such as 30, or an empty text */
                room_dots?: string;
                /** @description A whole number, such as 30, or an empty text */
                room_agree?: string;
                /** @description A whole number, such as 30, or an empty text */
                room_aside?: string;
                /** @description A whole number, such as 30, or an empty text */
                room_object?: string;
                at?: components["schemas"]["KindLinks"];
                ideas?: components["schemas"]["KindLinks"];
            };
            links: components["schemas"]["Link"][];
        };
        ThemeCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Theme"][];
            links: components["schemas"]["Link"][];
        };
        NewGroup: {
            name: components["schemas"]["KindText"];
            purpose: components["schemas"]["KindText"];
            members?: {
                name?: string;
                /** @enum {string} */
                sector?: "" | "resident" | "organisation" | "council" | "office" | "business" | "expert";
                /** @description A day, such as 2026-11-27, or an empty text */
                from?: string;
                /** @description A day, such as 2026-11-27, or an empty text */
                until?: string;
            }[];
            /** @enum {string} */
            meetings?: "" | "open" | "closed";
            /** @description Slug of the area in which it is */
            area?: string | null;
            /** @description Slugs */
            categories?: string[];
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Group: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "group";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                name: components["schemas"]["KindText"];
                purpose?: components["schemas"]["KindText"];
                members?: {
                    name?: string;
                    /** @enum {string} */
                    sector?: "" | "resident" | "organisation" | "council" | "office" | "business" | "expert";
                    /** @description A day, such as 2026-11-27, or an empty text */
                    from?: string;
                    /** @description A day, such as 2026-11-27, or an empty text */
                    until?: string;
                }[];
                /** @enum {string} */
                meetings?: "" | "open" | "closed";
                /** @description Slugs */
                categories?: string[];
            };
            links: components["schemas"]["Link"][];
        };
        GroupCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Group"][];
            links: components["schemas"]["Link"][];
        };
        NewQuestion: {
            text: string;
            author?: string;
            /** @enum {string} */
            source?: "" | "online" | "room";
            answer?: components["schemas"]["KindText"];
            on?: components["schemas"]["KindLinks"];
            /**
             * Format: int64
             * @description Of a new thing: the pin of the organisation that it is of
             */
            owner?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted */
            confirmed?: string[];
            /** @description Of a new thing: whether it waits for somebody to publish it */
            pending?: boolean;
        };
        Question: {
            /** @enum {string} */
            type: "Feature";
            /** Format: int64 */
            id: number;
            geometry: components["schemas"]["Point"] | null;
            properties: {
                /** @enum {string} */
                kind: "question";
                /** @description In the default language of the district */
                title: string;
                version: number;
                publication: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug of the area in which it is */
                area: string | null;
                text: string;
                author?: string;
                /** @enum {string} */
                source?: "" | "online" | "room";
                answer?: components["schemas"]["KindText"];
                on?: components["schemas"]["KindLinks"];
            };
            links: components["schemas"]["Link"][];
        };
        QuestionCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            features: components["schemas"]["Question"][];
            links: components["schemas"]["Link"][];
        };
        Polygon: {
            /** @enum {string} */
            type: "Polygon";
            coordinates: components["schemas"]["Position"][][];
        };
        HexCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            hex_only: components["schemas"]["HexOnly"];
            features: {
                /** @enum {string} */
                type: "Feature";
                id: string;
                /** @description A MultiPolygon where the antimeridian cuts the cell (RFC 7946, section 3.1.9) */
                geometry: components["schemas"]["Polygon"] | components["schemas"]["MultiPolygon"];
                properties: {
                    h3: string;
                    need: number;
                    potential: number;
                    organisation: number;
                    total: number;
                };
            }[];
        };
        TileJSON: {
            tilejson: string;
            name?: string;
            description?: string;
            attribution?: string;
            scheme?: string;
            tiles: string[];
            minzoom?: number;
            maxzoom?: number;
            /** @description Encloses all that the layer can ever have, hexes beyond the border included. It never crosses the antimeridian: where something is drawn on both sides of it, the bounds are -180 to 180, and clients begin at the center. */
            bounds?: number[];
            /** @description Longitude and latitude of a point in the district, and a zoom */
            center?: number[];
            /** @description URL of the stream of changes, not part of TileJSON: after an event, request the tiles again */
            changes: string;
            vector_layers: {
                id: string;
                description?: string;
                minzoom?: number;
                maxzoom?: number;
                fields: {
                    [key: string]: "String" | "Number";
                };
            }[];
        };
        BasemapTileJSON: {
            tilejson: string;
            name?: string;
            /** @description HTML that a map must show */
            attribution: string;
            scheme?: string;
            tiles: string[];
            minzoom: number;
            maxzoom: number;
            bounds: number[];
            center?: number[];
            vector_layers: {
                id: string;
            }[];
        };
        Measures: {
            period: {
                /** @description First month */
                from: string;
                /** @description Last month, included */
                to: string;
            };
            measures: {
                /** @enum {string} */
                measure: "pins" | "voices" | "ideas" | "events" | "attendance" | "registered" | "people" | "organisations" | "initiatives" | "joint" | "diagnoses" | "sessions" | "graduates" | "practices_used" | "answers";
                /** @enum {string} */
                group: "participation" | "cooperation" | "knowledge";
                total: number;
                /** @description Likewise of as many months before */
                before: number;
                /** @description How many the district wants in a year; null where it has not said so, or the time is no year */
                goal: number | null;
                /** @description Whether it is as good as whoever has counted */
                estimate: boolean;
                /** @description By slug of the area, `none` outside all of them; they add up to the total. Empty where the same people can be in several */
                by_area: {
                    [key: string]: number;
                };
                /** @description By month (YYYY-MM), likewise */
                by_month: {
                    [key: string]: number;
                };
            }[];
            /** @description How many days responses took that ended in the time */
            responses: {
                /** @enum {string} */
                response: "published" | "diagnosed" | "replied" | "met";
                /** @description Slug, or `none` outside all areas; null for everywhere */
                area: string | null;
                count: number;
                lower_quartile: number;
                median: number;
                upper_quartile: number;
            }[];
            /** @description In which ways the ideas came: `room`, `paper` or `online`; those without any are left out */
            idea_channels: {
                [key: string]: number;
            };
            provenance: components["schemas"]["Provenance"];
            links: components["schemas"]["Link"][];
        };
        Coverage: components["schemas"]["CoverageHead"] & {
            cells: components["schemas"]["CoverageCell"][];
        };
        CoverageCollection: components["schemas"]["CoverageHead"] & {
            /** @enum {string} */
            type: "FeatureCollection";
            features: {
                /** @enum {string} */
                type: "Feature";
                id: string;
                /** @description A MultiPolygon where the antimeridian cuts the cell (RFC 7946, section 3.1.9) */
                geometry: components["schemas"]["Polygon"] | components["schemas"]["MultiPolygon"];
                properties: components["schemas"]["CoverageCell"];
            }[];
        };
        CoverageCell: {
            h3: string;
            /** @description In which the centre of the cell is */
            area: string | null;
            /** @description null if unknown */
            people: number | null;
            pins: number;
            expected: number | null;
            /** @description Pins for 1,000 residents, moved towards the rate of all cells, the more so the fewer live there (empirical Bayes, Marshall 1991); null where nobody does, or it is unknown */
            per_1000: number | null;
            /** @enum {string} */
            class: "unknown" | "few_residents" | "silent" | "heard";
        };
        CoverageHead: {
            /** @description How many people must live in a cell so that it can be silent */
            minimum: number;
            /** @description Where the numbers of residents are from */
            population: {
                /**
                 * Format: date
                 * @description At which they were counted; null if unknown
                 */
                date: string | null;
                source: string | null;
                /** @description Whether residents of an area, or of a coarser cell, were spread evenly over its cells */
                spread: boolean;
            };
            people: {
                /** @description People in cells whose number of residents is known */
                known: number;
                /** @description In cells with a pin */
                heard: number;
                /** @description In cells without a pin in which at least the minimum live */
                silent: number;
                /** @description In cells without a pin in which fewer live */
                few_residents: number;
            };
            /** @description The same by pins of each kind alone */
            kinds: {
                kind: components["schemas"]["Kind"];
                heard: number;
                silent: number;
            }[];
            /** @description Sums of the cells whose centre is in the area, with those outside all areas if people live there */
            areas: {
                /** @description Slug; null for what is outside all areas */
                area: string | null;
                people: number;
                heard: number;
                silent: number;
            }[];
            /** @description Groups of silent cells that are next to each other, those with most people first */
            neighbourhoods: {
                cells: string[];
                /** @description In which the centres of its cells are */
                areas: string[];
                people: number;
                /** @description Pins at the rate of all cells together */
                expected: number;
                /** @description Whether three pins or more would be expected, so that chance alone does not explain that there is none */
                clear: boolean;
            }[];
            hex_only: components["schemas"]["HexOnly"];
            provenance: components["schemas"]["Provenance"];
            links: components["schemas"]["Link"][];
        };
        Stats: {
            need: number;
            potential: number;
            organisation: number;
            total: number;
            categories: {
                category: string;
                kind: components["schemas"]["Kind"];
                total: number;
            }[];
            statuses: {
                status: components["schemas"]["Status"];
                total: number;
            }[];
            areas: {
                /** @description Slug; null for pins in no area */
                area: string | null;
                need: number;
                potential: number;
                organisation: number;
                total: number;
            }[];
            hex_only: components["schemas"]["HexOnly"];
            provenance: components["schemas"]["Provenance"];
            earlier: components["schemas"]["Outliers"];
            later: components["schemas"]["Outliers"];
            /** @description Consecutive months from the first to the last with pins that are not outliers */
            months: {
                /** @description YYYY-MM */
                month: string;
                need: number;
                potential: number;
                organisation: number;
                total: number;
            }[];
        };
        /** @description Pins before the first or after the last of the months. Where the months would span more than twenty years, these are at most a hundredth of all, or two of a few, that are far from the others, often because of a wrong date. Otherwise there are none. */
        Outliers: {
            need: number;
            potential: number;
            organisation: number;
            total: number;
        };
        Network: {
            organisations: components["schemas"]["NetworkOrganisation"][];
            ties: components["schemas"]["NetworkTie"][];
            links: components["schemas"]["Link"][];
        };
        NetworkOrganisation: {
            /**
             * Format: int64
             * @description Of its pin
             */
            id: number;
            title: string;
            /** @description Longitude and latitude */
            place: number[];
            /** @description Slug of the sub-area in which it is shown */
            area: string | null;
            links: components["schemas"]["Link"][];
        };
        NetworkTie: {
            organisations: number[];
            things: {
                /** Format: int64 */
                id: number;
                /** @enum {string} */
                kind: "initiative" | "offer";
                title: string;
                links: components["schemas"]["Link"][];
            }[];
        };
        FoundThings: {
            numberReturned: number;
            things: {
                /** Format: int64 */
                id: number;
                kind: string;
                title: string;
                /** @description In the lifecycle of the kind */
                state: string | null;
                /** @description Slug */
                area: string | null;
                /**
                 * Format: date
                 * @description On which it was first public, or a pin reported
                 */
                day: string | null;
                links: components["schemas"]["Link"][];
            }[];
        };
        PlaceCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            features: {
                /** @enum {string} */
                type: "Feature";
                geometry: components["schemas"]["Point"];
                properties: {
                    /** @description Of an address, its street and number */
                    name: string;
                    kind: components["schemas"]["PlaceKind"];
                    /** @description Whether it may be another place than the one that was meant: a similar name, a street without the number, or one of several where the text only names a kind, such as "school" */
                    approximate: boolean;
                    /** @description Whether it is outside the district, where no pin can be added */
                    outside: boolean;
                    /** @description Of an address: the street, or the place, to which the number belongs */
                    street?: string;
                    housenumber?: string;
                    postcode?: string;
                    /** @description Slug of the area in which it is */
                    area?: string;
                    /** @description In the language of the search, or in the default language of the district */
                    area_name?: string;
                };
            }[];
        };
        /** @enum {string} */
        PlaceKind: "other" | "street" | "address" | "square" | "stop" | "school" | "park" | "water" | "locality" | "area";
        PlaceSearch: {
            q: string;
            /** @description Longitude and latitude; of places that match equally well, those near it are first */
            near?: number[];
            /** @default 10 */
            limit: number;
            /** @description BCP 47 tag of the language of names of areas */
            lang?: string;
        };
        Pin: {
            /** @enum {string} */
            type: "Feature";
            id: number;
            geometry: {
                /** @enum {string} */
                type: "Point";
                coordinates: components["schemas"]["Position"];
            };
            properties: {
                kind: components["schemas"]["Kind"];
                category: string;
                status: components["schemas"]["Status"];
                title: string;
                body: string;
                /** Format: date */
                reported_on: string;
                /** @description Slug */
                area: string | null;
                /** @description Cell of the shown location, of resolution 15 or 10 by visibility */
                h3: string;
                /** @enum {string} */
                visibility: "point" | "blurred";
                /** Format: date-time */
                updated_at: string;
                /** @description How many others than its reporter say that it concerns them too; each counts once, also for what was merged into the pin */
                voices: number;
                /** @description Id of the profile of an organisation, which is in `/organisations`. Absent where there is none, and in files */
                profile?: number;
                /** @description The cell around a need, where `/hotspots` of the category of the need, without another filter, says that it has more such needs than chance would explain. Absent otherwise. It follows from other pins too, so it can change when `updated_at` does not */
                hotspot?: {
                    h3: string;
                    /** @enum {string} */
                    class: "hot" | "very-hot";
                };
            };
            links?: components["schemas"]["Link"][];
        };
        PinCollection: {
            /** @enum {string} */
            type: "FeatureCollection";
            numberReturned: number;
            hex_only: components["schemas"]["HexOnly"];
            features: components["schemas"]["Pin"][];
            links: components["schemas"]["Link"][];
        };
        NewPin: {
            /** @description Slug */
            category: string;
            /** @description One line of at most 120 code points in Unicode normalization form C, of which one can be seen. Control characters, bidirectional overrides and those that do not end in the line are refused, as in all texts. */
            title: string;
            /** @description At most 4,000 code points; line ends count once */
            body?: string;
            lon: number;
            lat: number;
            /** @description For questions about the pin; never published. Default: that of whoever has signed in */
            email?: string;
            /**
             * @description Whether the pin is not linked with whoever has signed in
             * @default false
             */
            anonymous: boolean;
        };
        CreatedPin: {
            id: number;
            /** @enum {string} */
            publication: "pending" | "published";
            links: components["schemas"]["Link"][];
        };
        /** @description From what and how the figures of a response were computed */
        Provenance: {
            /**
             * @description public: computed from what is published
             * @enum {string}
             */
            kind: "public";
            /** @description Number of pins (n) */
            pins: number;
            period: components["schemas"]["ProvenancePeriod"];
            /** @description Number of H3 cells, those without pins included; missing for what is not computed by cell */
            cells?: number;
            /** @description H3 resolution of the cells */
            resolution?: number;
            /** @description Grid distance up to which cells are neighbours; missing without neighbours */
            k?: number;
            /** @description Name and version of the method */
            method: string;
            /**
             * Format: int64
             * @description Version of the data, which increases with every change while the server runs
             */
            dataset_version: number;
            /** @description Version of the boundary by slug of the area */
            boundary_versions: {
                [key: string]: number;
            };
        };
        /** @description First and last day, both included */
        ProvenancePeriod: {
            /** Format: date */
            from: string | null;
            /** Format: date */
            to: string | null;
        };
        NewReport: {
            /**
             * @description `erasure` is the request of a person whom the thing names that what it says about them be erased
             * @default notice
             * @enum {string}
             */
            kind: "notice" | "erasure";
            /**
             * @description What is wrong
             * @enum {string}
             */
            ground: "personal_data" | "illegal" | "insult" | "false" | "spam" | "other";
            /** @description Which words, and why; at most 4,000 code points */
            text: string;
            /** @description Of whoever reports; at most 100 code points */
            name?: string;
            /** @description For the receipt and the decision; never published */
            email?: string;
        };
        CreatedReport: {
            /** @description Number of the report, for questions about it */
            id: number;
            thing: number;
            /** @enum {string} */
            kind: "notice" | "erasure";
            links: components["schemas"]["Link"][];
        };
        ThingAction: {
            action: components["schemas"]["ThingActionName"];
            reason?: components["schemas"]["ThingReason"];
            /** @description Needed by ask, answer, post_update and note */
            text?: string;
            /**
             * Format: int64
             * @description Needed by merge: the thing that stays
             */
            into?: number;
            /** @description Needed by link and unlink: the field of links, such as answers */
            field?: string;
            /**
             * Format: int64
             * @description Needed by link and unlink: the other thing
             */
            other?: number;
            /** @description Names of places that may be public in what rests on pins that are only counted, for publish, restore and link */
            confirmed?: string[];
            /** @description For steps, edit and redact of a thing other than a pin: fields that it has afterwards, as in the request that replaces it; those that are not given stay as they are, and in rows those that may no longer change need not be repeated */
            content?: {
                [key: string]: unknown;
            };
            /** @description For edit and redact of a pin */
            title?: string;
            /** @description For edit and redact of a pin */
            body?: string;
            /** @description For recategorise: slug */
            category?: string;
            /** @description For move */
            lon?: number;
            /** @description For move */
            lat?: number;
        };
        ThingState: {
            /** Format: int64 */
            id: number;
            kind: string;
            title: string;
            version: number;
            publication: string;
            /** @description In the lifecycle of the kind */
            state?: string;
            /** @description What you may do with it now */
            actions: string[];
            links: components["schemas"]["Link"][];
        };
        Today: {
            /**
             * Format: date
             * @description Today
             */
            date: string;
            sections: {
                /** @description questions to somebody who reported or supports something; asks which what their organisation offers fits; replies that are awaited to recommendations; deadlines of the next 14 days and those that are past; what is to be confirmed; drafts; needs without a diagnosis; diagnoses that nothing answers; enrolments for a programme that wait for a decision or for a certificate; requests for advice that are due or that nobody has; events whose ideas have not been grouped; events for which people wait for a place; recommendations that a working group writes, about which its member has said nothing; recommendations that are written, with comments that nobody has answered */
                section: string;
                total: number;
                /** @description Of all of them, those whose deadline is past */
                late: number;
                items: {
                    /** Format: int64 */
                    id: number;
                    kind: string;
                    title: string;
                    /** @description In the lifecycle of the kind */
                    state: string | null;
                    /** @description Slug */
                    area: string | null;
                    /** Format: date */
                    due: string | null;
                    /** @description The field with that day */
                    awaited: string | null;
                    /**
                     * Format: date
                     * @description Since when it waits, or when it was last confirmed
                     */
                    since: string | null;
                    /**
                     * Format: int64
                     * @description The offer that fits an ask best
                     */
                    offer: number | null;
                    links: components["schemas"]["Link"][];
                }[];
                links: components["schemas"]["Link"][];
            }[];
            /** @description Queues of the desk in which something waits, for whoever decides about it */
            desk: {
                queue: string;
                total: number;
                links: components["schemas"]["Link"][];
            }[];
            links: components["schemas"]["Link"][];
        };
        Weighing: {
            /** @enum {string} */
            kind: "dots" | "consent";
            /** @description That each has; null where there are none */
            dots: number | null;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            until: string;
            /** @enum {string} */
            phase: "to_come" | "open" | "ended";
            /** @description The oldest first */
            themes: {
                /** Format: int64 */
                id: number;
                name: components["schemas"]["KindText"];
                summary: components["schemas"]["KindText"];
                /** @description Public ideas of the theme */
                ideas: number;
                /** @description Dots, or how many have taken each stance; null until the weighing has ended */
                result: {
                    /** @enum {string} */
                    of: "dots" | "agree" | "aside" | "object";
                    online: number;
                    /** @description Counted in the room, by show of hands; null where nobody has */
                    room: number | null;
                }[] | null;
                /** @description Public comments on the theme; empty until the weighing has ended */
                reasons: {
                    /**
                     * Format: int64
                     * @description Of the comment
                     */
                    id: number;
                    text: string;
                }[];
                links: components["schemas"]["Link"][];
            }[];
            /** @description How many took part, also with a ballot that gives nothing; null until the weighing has ended */
            took_part: {
                online: number;
                /** @description In the room, by show of hands; null where nobody has counted */
                room: number | null;
            } | null;
            links: components["schemas"]["Link"][];
        };
        Ballot: {
            /** @description Whether there is one */
            given: boolean;
            choices: {
                /** Format: int64 */
                theme: number;
                /** @description Where themes are weighed by dots */
                dots?: number;
                /**
                 * @description Where they are weighed by consent
                 * @enum {string}
                 */
                stance?: "agree" | "aside" | "object";
            }[];
        };
        NewBallot: {
            choices: {
                /** Format: int64 */
                theme: number;
                dots?: number;
                /** @enum {string} */
                stance?: "agree" | "aside" | "object";
                /** @description Of an objection; at most 4,000 code points */
                reason?: string;
            }[];
        };
    };
    responses: {
        /** @description The representation that `If-None-Match` names is still the current one */
        NotModified: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description A problem (RFC 9457), which names the parameter or field at fault */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        district: string;
        /** @description May be repeated; a pin matches any of the values */
        kind: components["schemas"]["Kind"][];
        /** @description Slug of a category of the district; may be repeated */
        category: string[];
        /** @description May be repeated */
        status: components["schemas"]["Status"][];
        /** @description Slug of a sub-area of the district; may be repeated */
        area: string[];
        /** @description First month (2025-03) or day (2025-03-14), included, from 1970-01-01 to 2149-06-06 */
        from: string;
        /** @description Words, of which the first twelve count; each must begin a word of the pin. Words that more than 20,000 pins contain are refused. With words, pins of `hex` categories are set aside */
        q: string;
        /** @description Last month or day, included; not before `from` */
        to: string;
        z: number;
        /** @description At most 2^z − 1 */
        x: number;
        /** @description At most 2^z − 1 */
        y: number;
        /** @description H3 resolution. The default is 9, or the finest below at which there are at most 100,000 cells; a resolution at which there are more is refused */
        res: number;
        /** @description H3 resolution. The default follows the zoom */
        tileResolution: number;
        /** @description Of a public event whose themes are weighed */
        weighed: number;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getAreaSummary: {
        parameters: {
            query?: {
                /** @description Last month of the season (2026-10), one that has ended; default the month before the present one */
                month?: string;
                /** @description Months of the season */
                months?: number;
                /** @description What the season is compared with: the months just before, or the same months of the year before */
                against?: "before" | "year";
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
                /** @description Slug of the sub-area */
                area: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The summary */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AreaSummary"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    compare: {
        parameters: {
            query?: {
                /** @description Slug of a sub-area; two to four are compared */
                area?: string[];
                /** @description May be repeated; a pin matches any of the values */
                kind?: components["parameters"]["kind"];
                /** @description Slug of a category; two are compared if there are not several areas, others are counted together */
                category?: string[];
                /** @description First month (2025-03) or day (2025-03-14), included, from 1970-01-01 to 2149-06-06 */
                from?: components["parameters"]["from"];
                /** @description Last month or day, included; not before `from` */
                to?: components["parameters"]["to"];
                /** @description First month or day of another period, with which the one from `from` to `to` is compared */
                from2?: string;
                /** @description Last month or day of the other period, included; not before `from2` */
                to2?: string;
                /** @description A month or day, not after today, before and after the beginning of which the pins are compared, instead of `from2` and `to2`. Without `from` and `to`, both periods are as long as has passed since then, at most a year: in whole months where it begins with one. */
                split?: string;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The comparison */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comparison"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listWards: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the order of the district */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["WardCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getRepresents: {
        parameters: {
            query: {
                /** @description Longitude in degrees */
                lon: number;
                /** @description Latitude in degrees */
                lat: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is known of the place */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Represents"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listDistricts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In order of their slugs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        districts: components["schemas"]["DistrictSummary"][];
                    };
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getDistrict: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The district */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["District"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listAreas: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the order of the district */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["AreaCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listCategories: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the order of the district */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        categories: components["schemas"]["Category"][];
                    };
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listCalendar: {
        parameters: {
            query?: {
                /** @description First day, or month; default today */
                from?: string;
                /** @description Last day, or month; default 60 days; without from, at most these days until one that is past */
                to?: string;
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                type?: "integration" | "debate" | "workshop" | "meeting" | "session" | "duty" | "walk";
                accessibility?: "step_free" | "induction_loop" | "sign_language" | "child_care" | "interpreting";
                /** @description Number of the pin or of the profile of an organisation that holds it */
                organisation?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most 1,000 of them, of the first 100 days */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Calendar"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getFigures: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Both */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FigureComparison"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    freezeFigures: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures as they are frozen now, and those of today */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FigureComparison"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listHotspots: {
        parameters: {
            query?: {
                /** @description May be repeated; a pin matches any of the values */
                kind?: components["parameters"]["kind"];
                /** @description Slug of a category of the district; may be repeated */
                category?: components["parameters"]["category"];
                /** @description May be repeated */
                status?: components["parameters"]["status"];
                /** @description Slug of a sub-area of the district; may be repeated */
                area?: components["parameters"]["area"];
                /** @description First month (2025-03) or day (2025-03-14), included, from 1970-01-01 to 2149-06-06 */
                from?: components["parameters"]["from"];
                /** @description Last month or day, included; not before `from` */
                to?: components["parameters"]["to"];
                /** @description Words, of which the first twelve count; each must begin a word of the pin. Words that more than 20,000 pins contain are refused. With words, pins of `hex` categories are set aside */
                q?: components["parameters"]["q"];
                /** @description H3 resolution. The default is 9, or 8 for a query that names a sensitive category, or the finest below at which there are at most 100,000 cells */
                res?: number;
                /** @description Draws for each cell behind `permutation_p`: its neighbours are drawn from the other cells without replacement. More than 10,000 cells are refused */
                permutations?: 0 | 999 | 9999;
                /** @description Of the draws. The same seed has the same result */
                seed?: number;
                /** @description GeoJSON has the cells as features, with the same properties */
                format?: "json" | "geojson";
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cells in order of their index */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hotspots"];
                    "application/geo+json": components["schemas"]["HotspotCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getHotspotTrend: {
        parameters: {
            query?: {
                /** @description May be repeated; a pin matches any of the values */
                kind?: components["parameters"]["kind"];
                /** @description Slug of a category of the district; may be repeated */
                category?: components["parameters"]["category"];
                /** @description May be repeated */
                status?: components["parameters"]["status"];
                /** @description Slug of a sub-area of the district; may be repeated */
                area?: components["parameters"]["area"];
                /** @description First month (2025-03) or day (2025-03-14), included, from 1970-01-01 to 2149-06-06 */
                from?: components["parameters"]["from"];
                /** @description Last month or day, included; not before `from` */
                to?: components["parameters"]["to"];
                /** @description Words, of which the first twelve count; each must begin a word of the pin. Words that more than 20,000 pins contain are refused. With words, pins of `hex` categories are set aside */
                q?: components["parameters"]["q"];
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
                /** @description H3 index of a cell of resolution 4 to 10 */
                cell: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The trend, with the counts that it follows from */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HotspotTrend"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listOffices: {
        parameters: {
            query?: {
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                /** @description Those with a place in west,south,east,north in degrees; west is greater than east across the antimeridian (RFC 7946, section 5.2) */
                bbox?: string;
                /** @description Those with the ids, at most 50, separated by commas */
                ids?: string;
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["OfficeCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createOffice: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOffice"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Office"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getOffice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Office"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replaceOffice: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOffice"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Office"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listDiagnoses: {
        parameters: {
            query?: {
                state?: "current" | "closed";
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["DiagnosisCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createDiagnosis: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDiagnosis"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Diagnosis"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getDiagnosis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Diagnosis"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replaceDiagnosis: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDiagnosis"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Diagnosis"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listInitiatives: {
        parameters: {
            query?: {
                state?: "idea" | "planned" | "seeking_support" | "running" | "done" | "evaluated" | "abandoned";
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                /** @description Those with a place */
                on_map?: "yes";
                /** @description Those of which something was awaited before today */
                overdue?: "yes";
                /** @description Those with a place in west,south,east,north in degrees; west is greater than east across the antimeridian (RFC 7946, section 5.2) */
                bbox?: string;
                /** @description Those with the ids, at most 50, separated by commas */
                ids?: string;
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["InitiativeCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createInitiative: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInitiative"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Initiative"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getInitiative: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Initiative"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replaceInitiative: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInitiative"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Initiative"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listOrganisations: {
        parameters: {
            query?: {
                state?: "unverified" | "verified";
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["OrganisationCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createOrganisation: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOrganisation"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Organisation"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getOrganisation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Organisation"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replaceOrganisation: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOrganisation"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Organisation"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listRecommendations: {
        parameters: {
            query?: {
                state?: "draft" | "consulted" | "adopted" | "sent" | "accepted" | "accepted_in_part" | "rejected" | "in_execution" | "done" | "lapsed";
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                addressee?: string;
                sent_on?: "yes";
                replied_on?: "yes";
                outcome?: "accepted" | "in_part" | "rejected";
                /** @description Those with a place */
                on_map?: "yes";
                /** @description Those of which something was awaited before today */
                overdue?: "yes";
                /** @description Those with a place in west,south,east,north in degrees; west is greater than east across the antimeridian (RFC 7946, section 5.2) */
                bbox?: string;
                /** @description Those with the ids, at most 50, separated by commas */
                ids?: string;
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["RecommendationCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createRecommendation: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRecommendation"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Recommendation"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getRecommendation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Recommendation"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replaceRecommendation: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRecommendation"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Recommendation"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listCouncillors: {
        parameters: {
            query?: {
                state?: "in_office" | "former";
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["CouncillorCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createCouncillor: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCouncillor"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Councillor"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getCouncillor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Councillor"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replaceCouncillor: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCouncillor"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Councillor"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listResolutions: {
        parameters: {
            query?: {
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["ResolutionCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createResolution: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewResolution"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Resolution"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getResolution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Resolution"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replaceResolution: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewResolution"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Resolution"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listAsks: {
        parameters: {
            query?: {
                state?: "open" | "settled";
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                /** @description Those with a place */
                on_map?: "yes";
                /** @description Those of which something was awaited before today */
                overdue?: "yes";
                /** @description Those with a place in west,south,east,north in degrees; west is greater than east across the antimeridian (RFC 7946, section 5.2) */
                bbox?: string;
                /** @description Those with the ids, at most 50, separated by commas */
                ids?: string;
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["AskCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createAsk: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAsk"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Ask"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getAsk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Ask"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replaceAsk: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAsk"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Ask"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listOffers: {
        parameters: {
            query?: {
                state?: "open" | "settled";
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                /** @description Those with a place */
                on_map?: "yes";
                /** @description Those of which something was awaited before today */
                overdue?: "yes";
                /** @description Those with a place in west,south,east,north in degrees; west is greater than east across the antimeridian (RFC 7946, section 5.2) */
                bbox?: string;
                /** @description Those with the ids, at most 50, separated by commas */
                ids?: string;
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["OfferCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createOffer: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOffer"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Offer"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getOffer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Offer"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replaceOffer: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOffer"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Offer"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listComments: {
        parameters: {
            query?: {
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["CommentCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createComment: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewComment"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Comment"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getComment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Comment"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replaceComment: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewComment"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Comment"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                state?: "announced" | "held" | "cancelled";
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                type?: "integration" | "debate" | "workshop" | "meeting" | "session" | "duty" | "walk";
                accessibility?: "step_free" | "induction_loop" | "sign_language" | "child_care" | "interpreting";
                /** @description Those with a place */
                on_map?: "yes";
                /** @description Those of which something was awaited before today */
                overdue?: "yes";
                /** @description Those with a place in west,south,east,north in degrees; west is greater than east across the antimeridian (RFC 7946, section 5.2) */
                bbox?: string;
                /** @description Those with the ids, at most 50, separated by commas */
                ids?: string;
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["EventCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createEvent: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEvent"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Event"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Event"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replaceEvent: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEvent"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Event"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listPractices: {
        parameters: {
            query?: {
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                cost?: "none" | "low" | "medium" | "high";
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["PracticeCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createPractice: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPractice"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Practice"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getPractice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Practice"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replacePractice: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPractice"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Practice"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listProgrammes: {
        parameters: {
            query?: {
                state?: "announced" | "enrolling" | "running" | "finished" | "cancelled";
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                /** @description Those of which something was awaited before today */
                overdue?: "yes";
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["ProgrammeCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createProgramme: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewProgramme"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Programme"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getProgramme: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Programme"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replaceProgramme: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewProgramme"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Programme"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listEnrolments: {
        parameters: {
            query?: {
                state?: "applied" | "selected" | "reserve" | "not_selected" | "graduated" | "left";
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["EnrolmentCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createEnrolment: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEnrolment"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Enrolment"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getEnrolment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Enrolment"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replaceEnrolment: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEnrolment"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Enrolment"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listPracticums: {
        parameters: {
            query?: {
                state?: "idea" | "planned" | "seeking_support" | "running" | "done" | "evaluated" | "abandoned";
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                /** @description Those with a place */
                on_map?: "yes";
                /** @description Those of which something was awaited before today */
                overdue?: "yes";
                /** @description Those with a place in west,south,east,north in degrees; west is greater than east across the antimeridian (RFC 7946, section 5.2) */
                bbox?: string;
                /** @description Those with the ids, at most 50, separated by commas */
                ids?: string;
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["PracticumCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createPracticum: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPracticum"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Practicum"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getPracticum: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Practicum"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replacePracticum: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPracticum"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Practicum"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listAdvice: {
        parameters: {
            query?: {
                state?: "received" | "in_progress" | "answered" | "evaluated" | "closed" | "passed_on";
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                topic?: string;
                /** @description Those with a place */
                on_map?: "yes";
                /** @description Those of which something was awaited before today */
                overdue?: "yes";
                /** @description Those with a place in west,south,east,north in degrees; west is greater than east across the antimeridian (RFC 7946, section 5.2) */
                bbox?: string;
                /** @description Those with the ids, at most 50, separated by commas */
                ids?: string;
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["AdviceCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createAdvice: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAdvice"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Advice"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getAdvice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Advice"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replaceAdvice: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAdvice"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Advice"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listAnswers: {
        parameters: {
            query?: {
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                topic?: string;
                /** @description Those with a place */
                on_map?: "yes";
                /** @description Those with some of the words, the most first */
                q?: string;
                /** @description Those near a longitude and a latitude, such as 19.95,50.04, or in its area */
                at?: string;
                /** @description Those with a place in west,south,east,north in degrees; west is greater than east across the antimeridian (RFC 7946, section 5.2) */
                bbox?: string;
                /** @description Those with the ids, at most 50, separated by commas */
                ids?: string;
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["AnswerCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createAnswer: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAnswer"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Answer"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getAnswer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Answer"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replaceAnswer: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAnswer"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Answer"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listIdeas: {
        parameters: {
            query?: {
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                source?: "room" | "paper" | "online";
                /** @description Those with a place */
                on_map?: "yes";
                /** @description Those with a place in west,south,east,north in degrees; west is greater than east across the antimeridian (RFC 7946, section 5.2) */
                bbox?: string;
                /** @description Those with the ids, at most 50, separated by commas */
                ids?: string;
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["IdeaCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createIdea: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewIdea"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Idea"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getIdea: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Idea"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replaceIdea: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewIdea"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Idea"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listThemes: {
        parameters: {
            query?: {
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["ThemeCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createTheme: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTheme"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Theme"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getTheme: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Theme"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replaceTheme: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTheme"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Theme"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listGroups: {
        parameters: {
            query?: {
                state?: "active" | "closed";
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["GroupCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createGroup: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGroup"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Group"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Group"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replaceGroup: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGroup"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Group"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listQuestions: {
        parameters: {
            query?: {
                /** @description Slug */
                area?: string;
                /** @description Slug */
                category?: string;
                /** @description End of the previous page, from its link with rel `next` */
                after?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["QuestionCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createQuestion: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewQuestion"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Its URL */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Question"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getQuestion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Question"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    replaceQuestion: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that is changed, which is a property of the thing */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewQuestion"];
            };
        };
        responses: {
            /** @description The thing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Question"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listHexes: {
        parameters: {
            query?: {
                /** @description May be repeated; a pin matches any of the values */
                kind?: components["parameters"]["kind"];
                /** @description Slug of a category of the district; may be repeated */
                category?: components["parameters"]["category"];
                /** @description May be repeated */
                status?: components["parameters"]["status"];
                /** @description Slug of a sub-area of the district; may be repeated */
                area?: components["parameters"]["area"];
                /** @description First month (2025-03) or day (2025-03-14), included, from 1970-01-01 to 2149-06-06 */
                from?: components["parameters"]["from"];
                /** @description Last month or day, included; not before `from` */
                to?: components["parameters"]["to"];
                /** @description Words, of which the first twelve count; each must begin a word of the pin. Words that more than 20,000 pins contain are refused. With words, pins of `hex` categories are set aside */
                q?: components["parameters"]["q"];
                /** @description H3 resolution. The default is 9, or the finest below at which there are at most 100,000 cells; a resolution at which there are more is refused */
                res?: components["parameters"]["res"];
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cells in order of their index */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["HexCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    streamChanges: {
        parameters: {
            query?: {
                /** @description Id of an event */
                since?: string;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An endless stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getPinTileJSON: {
        parameters: {
            query?: {
                /** @description May be repeated; a pin matches any of the values */
                kind?: components["parameters"]["kind"];
                /** @description Slug of a category of the district; may be repeated */
                category?: components["parameters"]["category"];
                /** @description May be repeated */
                status?: components["parameters"]["status"];
                /** @description Slug of a sub-area of the district; may be repeated */
                area?: components["parameters"]["area"];
                /** @description First month (2025-03) or day (2025-03-14), included, from 1970-01-01 to 2149-06-06 */
                from?: components["parameters"]["from"];
                /** @description Last month or day, included; not before `from` */
                to?: components["parameters"]["to"];
                /** @description Words, of which the first twelve count; each must begin a word of the pin. Words that more than 20,000 pins contain are refused. With words, pins of `hex` categories are set aside */
                q?: components["parameters"]["q"];
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description TileJSON */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TileJSON"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getPinTile: {
        parameters: {
            query?: {
                /** @description May be repeated; a pin matches any of the values */
                kind?: components["parameters"]["kind"];
                /** @description Slug of a category of the district; may be repeated */
                category?: components["parameters"]["category"];
                /** @description May be repeated */
                status?: components["parameters"]["status"];
                /** @description Slug of a sub-area of the district; may be repeated */
                area?: components["parameters"]["area"];
                /** @description First month (2025-03) or day (2025-03-14), included, from 1970-01-01 to 2149-06-06 */
                from?: components["parameters"]["from"];
                /** @description Last month or day, included; not before `from` */
                to?: components["parameters"]["to"];
                /** @description Words, of which the first twelve count; each must begin a word of the pin. Words that more than 20,000 pins contain are refused. With words, pins of `hex` categories are set aside */
                q?: components["parameters"]["q"];
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
                z: components["parameters"]["z"];
                /** @description At most 2^z − 1 */
                x: components["parameters"]["x"];
                /** @description At most 2^z − 1 */
                y: components["parameters"]["y"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.mapbox-vector-tile": string;
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getHexTileJSON: {
        parameters: {
            query?: {
                /** @description May be repeated; a pin matches any of the values */
                kind?: components["parameters"]["kind"];
                /** @description Slug of a category of the district; may be repeated */
                category?: components["parameters"]["category"];
                /** @description May be repeated */
                status?: components["parameters"]["status"];
                /** @description Slug of a sub-area of the district; may be repeated */
                area?: components["parameters"]["area"];
                /** @description First month (2025-03) or day (2025-03-14), included, from 1970-01-01 to 2149-06-06 */
                from?: components["parameters"]["from"];
                /** @description Last month or day, included; not before `from` */
                to?: components["parameters"]["to"];
                /** @description Words, of which the first twelve count; each must begin a word of the pin. Words that more than 20,000 pins contain are refused. With words, pins of `hex` categories are set aside */
                q?: components["parameters"]["q"];
                /** @description H3 resolution. The default follows the zoom */
                res?: components["parameters"]["tileResolution"];
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description TileJSON */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TileJSON"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getHexTile: {
        parameters: {
            query?: {
                /** @description May be repeated; a pin matches any of the values */
                kind?: components["parameters"]["kind"];
                /** @description Slug of a category of the district; may be repeated */
                category?: components["parameters"]["category"];
                /** @description May be repeated */
                status?: components["parameters"]["status"];
                /** @description Slug of a sub-area of the district; may be repeated */
                area?: components["parameters"]["area"];
                /** @description First month (2025-03) or day (2025-03-14), included, from 1970-01-01 to 2149-06-06 */
                from?: components["parameters"]["from"];
                /** @description Last month or day, included; not before `from` */
                to?: components["parameters"]["to"];
                /** @description Words, of which the first twelve count; each must begin a word of the pin. Words that more than 20,000 pins contain are refused. With words, pins of `hex` categories are set aside */
                q?: components["parameters"]["q"];
                /** @description H3 resolution. The default follows the zoom */
                res?: components["parameters"]["tileResolution"];
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
                z: components["parameters"]["z"];
                /** @description At most 2^z − 1 */
                x: components["parameters"]["x"];
                /** @description At most 2^z − 1 */
                y: components["parameters"]["y"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.mapbox-vector-tile": string;
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getAreaTileJSON: {
        parameters: {
            query?: {
                /** @description Slug of a sub-area of the district; may be repeated */
                area?: components["parameters"]["area"];
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description TileJSON */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TileJSON"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getAreaTile: {
        parameters: {
            query?: {
                /** @description Slug of a sub-area of the district; may be repeated */
                area?: components["parameters"]["area"];
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
                z: components["parameters"]["z"];
                /** @description At most 2^z − 1 */
                x: components["parameters"]["x"];
                /** @description At most 2^z − 1 */
                y: components["parameters"]["y"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.mapbox-vector-tile": string;
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getThingTileJSON: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description TileJSON */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TileJSON"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getThingTile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                z: components["parameters"]["z"];
                /** @description At most 2^z − 1 */
                x: components["parameters"]["x"];
                /** @description At most 2^z − 1 */
                y: components["parameters"]["y"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.mapbox-vector-tile": string;
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getBasemapTileJSON: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description TileJSON */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BasemapTileJSON"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getBasemapTile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description That of the basemap, which is in the TileJSON */
                hash: string;
                z: components["parameters"]["z"];
                /** @description At most 2^z − 1 */
                x: components["parameters"]["x"];
                /** @description At most 2^z − 1 */
                y: components["parameters"]["y"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.mapbox-vector-tile": string;
                };
            };
            /** @description The basemap has nothing there */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getMeasures: {
        parameters: {
            query?: {
                /** @description Last month of the time (2026-10), one that has ended; default the month before the present one */
                month?: string;
                /** @description Months of the time */
                months?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The measures */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Measures"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getStats: {
        parameters: {
            query?: {
                /** @description May be repeated; a pin matches any of the values */
                kind?: components["parameters"]["kind"];
                /** @description Slug of a category of the district; may be repeated */
                category?: components["parameters"]["category"];
                /** @description May be repeated */
                status?: components["parameters"]["status"];
                /** @description Slug of a sub-area of the district; may be repeated */
                area?: components["parameters"]["area"];
                /** @description First month (2025-03) or day (2025-03-14), included, from 1970-01-01 to 2149-06-06 */
                from?: components["parameters"]["from"];
                /** @description Last month or day, included; not before `from` */
                to?: components["parameters"]["to"];
                /** @description Words, of which the first twelve count; each must begin a word of the pin. Words that more than 20,000 pins contain are refused. With words, pins of `hex` categories are set aside */
                q?: components["parameters"]["q"];
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Each list sums to the total: that of months together with earlier and later, that of statuses together with the total of hex_only */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stats"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getCoverage: {
        parameters: {
            query?: {
                /** @description May be repeated; a pin matches any of the values */
                kind?: components["parameters"]["kind"];
                /** @description Slug of a category of the district; may be repeated */
                category?: components["parameters"]["category"];
                /** @description First month (2025-03) or day (2025-03-14), included, from 1970-01-01 to 2149-06-06 */
                from?: components["parameters"]["from"];
                /** @description Last month or day, included; not before `from` */
                to?: components["parameters"]["to"];
                /** @description H3 resolution of the cells. Default: 9, or coarser where that is more than 5,000 cells. It is at most 8 for a query that names a sensitive category, which is counted in such cells */
                res?: number;
                /** @description How many people must live in a cell so that it can be silent */
                minimum?: number;
                /** @description GeoJSON has the cells as features, with the same properties */
                format?: "json" | "geojson";
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description People of cells that are heard, silent or few add up to those that are known */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Coverage"];
                    "application/geo+json": components["schemas"]["CoverageCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getNetwork: {
        parameters: {
            query?: {
                /** @description Slug of a sub-area in which one of two organisations is */
                area?: string;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The organisations with their ties */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Network"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    searchThings: {
        parameters: {
            query?: {
                /** @description Words */
                q?: string;
                /** @description Kinds, such as pin or initiative; default all */
                kind?: components["schemas"]["SearchedKind"][];
                /** @description Slug */
                area?: string;
                /** @description Month or day from which they were public, or reported */
                from?: string;
                /** @description Month or day until which they were public, or reported */
                to?: string;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most 60 of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundThings"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listPlaces: {
        parameters: {
            query: {
                q: string;
                limit?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Points with a name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["PlaceCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    searchPlaces: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaceSearch"];
            };
        };
        responses: {
            /** @description Points with a name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["PlaceCollection"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listPins: {
        parameters: {
            query?: {
                /** @description May be repeated; a pin matches any of the values */
                kind?: components["parameters"]["kind"];
                /** @description Slug of a category of the district; may be repeated */
                category?: components["parameters"]["category"];
                /** @description May be repeated */
                status?: components["parameters"]["status"];
                /** @description Slug of a sub-area of the district; may be repeated */
                area?: components["parameters"]["area"];
                /** @description First month (2025-03) or day (2025-03-14), included, from 1970-01-01 to 2149-06-06 */
                from?: components["parameters"]["from"];
                /** @description Last month or day, included; not before `from` */
                to?: components["parameters"]["to"];
                /** @description west,south,east,north in degrees; west is greater than east across the antimeridian (RFC 7946, section 5.2) */
                bbox?: string;
                /** @description Words, of which the first twelve count; each must begin a word of the pin. Words that more than 20,000 pins contain are refused. With words, pins of `hex` categories are set aside */
                q?: components["parameters"]["q"];
                /** @description H3 index of a cell of resolution 4 to 11; pins whose shown location is in it */
                cell?: string;
                limit?: number;
                /** @description End of the previous page, from its link with rel `next` */
                after?: string;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of pins */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["PinCollection"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createPin: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client at random, such as a UUID of version 4. Whoever has the key receives the response, so nobody else may be able to guess it. Only its length is checked. */
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPin"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description URL of the pin, if it is published */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedPin"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getPin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pin */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Pin"];
                };
            };
            /** @description It was merged into another one, at this address */
            303: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    createReport: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
                /** @description Of a published thing of any kind, such as a pin or an office */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReport"];
            };
        };
        responses: {
            /** @description Received */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedReport"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getThingState: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThingState"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    actOnThing: {
        parameters: {
            query?: never;
            header: {
                /** @description The version on which to act, which is a property of the state */
                "If-Match": string;
            };
            path: {
                district: components["parameters"]["district"];
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ThingAction"];
            };
        };
        responses: {
            /** @description The state afterwards */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThingState"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getToday: {
        parameters: {
            query?: {
                /** @description Only this one */
                section?: "questions" | "asks" | "replies" | "deadlines" | "confirm" | "drafts" | "needs" | "diagnoses" | "enrolments" | "advice" | "ideas" | "registrations" | "voices" | "comments";
                /** @description How many things of each section are left out */
                skip?: number;
            };
            header?: never;
            path: {
                district: components["parameters"]["district"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sections that are not empty */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Today"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getWeighing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                /** @description Of a public event whose themes are weighed */
                id: components["parameters"]["weighed"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The weighing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Weighing"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getBallot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: components["parameters"]["district"];
                /** @description Of a public event whose themes are weighed */
                id: components["parameters"]["weighed"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ballot */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ballot"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    putBallot: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                district: components["parameters"]["district"];
                /** @description Of a public event whose themes are weighed */
                id: components["parameters"]["weighed"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBallot"];
            };
        };
        responses: {
            /** @description The ballot as it is counted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ballot"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
}
