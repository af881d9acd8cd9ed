/** Everyday names of findings: brain, nerves, mind and movement. A label and its names, one finding after the other. */

export const NERVOUS_SYSTEM = `
Absent speech: no speech | does not speak | doesn't speak | cannot speak | can't speak | never spoke | not speaking |
  non verbal | never learned to speak | never learnt to speak | speechless | no words
Acroparesthesia: burning pain in hands and feet | burning hands and feet | burning pain of the hands and feet |
  tingling hands and feet | tingling in hands and feet | burning in hands and feet | burning of hands and feet |
  burning pain in the feet and hands | burning feet and hands
Anxiety: anxious
Areflexia: no reflexes | no deep tendon reflexes | no tendon reflexes | absence of reflexes | loss of reflexes |
  lack of reflexes | lost reflexes | reflexes could not be elicited | reflexes not elicitable |
  reflexes cannot be elicited
Ataxia: ataxic movements
Attention deficit hyperactivity disorder: ADD with hyperactivity
Autistic behavior: autistic | autistic features | autistic traits
Chorea: jerky involuntary movements | dancing movements
Coma: comatose
Confusion: confused
Delayed ability to sit: late sitting | sat late | not sitting at 9 months
Delayed ability to walk: late walker | not walking at 18 months | not yet walking at 18 months |
  not walking by 18 months | not walking at 2 years | not walking at two years | began to walk late |
  started walking late | late to walk | learned to walk late
Delayed gross motor development: late motor development | delayed motor milestones | slow motor development
Delayed speech and language development: late talker | late talking | slow to speak | slow to talk | speaks late
Dementia: demented
Depression: depressed mood
Developmental regression: loss of skills | lost skills | loss of milestones | lost milestones | losing skills
Difficulty walking: trouble walking | walks with difficulty | problems walking
Dysarthria: slurred speech | unclear speech
Dysphagia: trouble swallowing | cannot swallow | swallowing problem
Exaggerated startle response: exaggerated startle | startles easily | excessive startle
Falls: falls often | falls a lot | falling often | recurrent falls
Gait ataxia: unsteady gait | unsteady walking | walks unsteadily | unsteady on his feet | unsteady on her feet
Global developmental delay: slow development | retarded development
Hallucinations: hears voices | sees things that are not there
Headache: pain in the head
Hemiparesis: weakness on one side | one sided weakness | weakness of one side
Hyperactivity: overactive
Hyperreflexia: increased tendon reflexes | increased reflexes | increased deep tendon reflexes | brisk reflexes | exaggerated reflexes
Hypoesthesia: numb hands | numb feet | numb hands and feet | numb fingers
Hyporeflexia: weak reflexes | sluggish reflexes
Inability to walk: cannot walk | can't walk | unable to walk | never walked | never learned to walk |
  never learnt to walk | not able to walk | nonambulatory
Inappropriate laughter: laughs for no reason | laughs without reason | unprovoked laughter | unmotivated laughter |
  frequent laughter | excessive laughter | easily provoked laughter
Incoordination: clumsy | clumsiness
Insomnia: cannot sleep | sleeplessness
Intellectual disability: learning difficulties | learning disability | mentally retarded | intellectually disabled |
  mental handicap | mentally disabled
Involuntary movements: uncontrolled movements | cannot control movements
Lethargy: lethargic
Loss of ambulation: stopped walking | wheelchair bound
Loss of consciousness: unconscious
Loss of speech: stopped talking | stopped speaking | lost the ability to speak
Memory impairment: forgetful
Microcephaly: small head
Myoclonus: myoclonias | myoclonia
Paresthesia: pins and needles | prickling | burning pain in the feet | burning feet | burning hands |
  burning sensation in the feet | numbness and tingling
Paroxysmal bursts of laughter: bouts of laughter | outbursts of laughter | fits of laughter | laughing fits |
  paroxysms of laughter | episodes of laughter
Photophobia: sensitive to light | light hurts eyes | sensitivity to light | light sensitive eyes
Polydipsia: always thirsty | very thirsty | excessive thirst | drinks a lot | increased thirst | great thirst
Polyphagia: always hungry | insatiable appetite | excessive appetite | cannot stop eating | excessive hunger
Poor motor coordination: loss of motor coordination | lack of motor coordination | poorly coordinated movements
Postural instability: poor balance | loss of balance | balance problem
Recurrent hand flapping: hand flapping | flaps his hands | flaps her hands | flapping of the hands
Salt craving: craving for salt
Seizure: fits | convulsion | convulsions | epileptic | epilepsy attacks
Self-mutilation: bites himself | bites herself | bites his fingers | bites his lips
Sleep abnormality: poor sleep
Sleep apnea: stops breathing during sleep | stops breathing in sleep
Stroke: brain infarct
Tip-toe gait: toe walker
Tremor: shaking hands | trembling | trembling hands | shaky hands
Vestibular schwannoma: acoustic neurinoma | acoustic schwannoma
Waddling gait: waddles | duck like gait
Aggressive behavior: aggressive outbursts | aggressive | aggression
Motor stereotypy: stereotyped movements | stereotypic movements | stereotypies | stereotypic hand movements | stereotyped hand movements
Conspicuously happy disposition: happy disposition | happy personality | happy nature
Calcification of falx cerebri: calcified falx | falx calcification
`;
