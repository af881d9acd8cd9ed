/** Everyday names of findings: skin, hair and nails. A label and its names, one finding after the other. */

export const SKIN = `
Localized skin lesion: skin lesion
Abnormal blistering of the skin: blistering | blistering of the hands | blisters on the hands
Alopecia: no hair | losing hair
Anhidrosis: no sweating | no sweat | unable to sweat | inability to sweat | cannot sweat | can't sweat
Axillary freckling: freckling in the armpits | armpit freckles | freckles in the armpits | freckling of the armpits
Cafe-au-lait spot: coffee colored spots | coffee coloured spots | cafe au lait patches
Cutaneous photosensitivity: sensitive to the sun | burns easily in the sun | sensitive to sunlight |
  skin sensitive to light
Cyanosis: blue lips | blue skin | turned blue | turns blue
Hyperextensible skin: skin that stretches | stretchy skin | elastic skin | skin stretches easily |
  overly stretchy skin
Hyperhidrosis: sweats a lot | sweats heavily
Hyperpigmentation of the skin: dark skin patches | darkening of the skin | skin darkening | hyperpigmented skin
Hypohidrosis: does not sweat | doesn't sweat | sweats little | sweats less | sweats very little | little sweating |
  hardly sweats | barely sweats | never sweats | not sweating | not able to sweat properly
Hypopigmentation of the skin: light skin patches | hypopigmented | pale skin patches
Hypopigmented skin patches: ash leaf spots | white skin patches | white patches on the skin
Multiple cafe-au-lait spots: many cafe au lait spots | numerous cafe au lait spots
Pallor: pale | pale skin
Poor wound healing: slow wound healing | wounds heal slowly | wounds heal poorly
Premature graying of hair: early grey hair | early gray hair | grey hair early
Pruritus: itchy | itches
Skin ulcer: sores on the skin
`;
