/** Everyday names of findings: eyes and ears. A label and its names, one finding after the other. */

export const SENSES = `
Abnormality of eye movement: ocular motor abnormality | oculomotor abnormality | oculomotor dysfunction |
  eye movement disorder
Alacrima: no tears | does not produce tears | absence of tears | cries without tears | lack of tears
Blindness: blind
Blue sclerae: blue whites of the eyes
Cherry red spot of the macula: cherry red spot | cherry red macula
Corneal opacity: cloudy corneas | corneal clouding | hazy cornea | corneal haze
Diplopia: sees double
Ectopia lentis: dislocated lens | dislocated lenses | dislocated eye lens
Hearing impairment: loss of hearing | hard of hearing | hearing loss | deaf | hearing problem | hears poorly |
  cannot hear | can't hear
Hypermetropia: far sighted | long sighted
Hypertelorism: wide spaced eyes | eyes far apart | widely set eyes | eyes set far apart
Hypotelorism: close set eyes
Kayser-Fleischer ring: brown rings in the eyes | brown ring around the iris | brown rings around the iris
Microphthalmia: small eyes | small eye
Myopia: short sighted | shortsightedness
Nyctalopia: sees poorly at night
Nystagmus: jerking eyes | wobbly eyes
Ptosis: drooping eyelids | droopy eyelids | drooping eyelid | hanging eyelids | drooping of the eyelids
Recurrent otitis media: repeated ear infections
Red eye: bloodshot eyes
Strabismus: crossed eyes
Vertigo: spinning sensation | dizzy
Visual impairment: poor eyesight | sees poorly | bad eyesight | failing vision | poor sight | cannot see well |
  cannot see properly | can't see well
Atresia of the external auditory canal: ear canal atresia
Stenosis of the external auditory canal: narrow ear canal | ear canal stenosis
`;
